import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import PizZip from 'pizzip'
import { startDemo } from './demo-server.ts'
import { officer } from './field-work.ts'
import { choose, expectAccessible } from './pages.ts'
import { helpFamily, resolveRisk, returnRisk } from './story-later.ts'
import {
  as,
  base,
  expectRefused,
  type Family,
  findFamily,
  households,
  port,
  type Rows,
  refusal,
  sign,
} from './story-tools.ts'
import { sendBill, signInAll, signOutAll } from './story-work.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-story-'))
let stop: () => Promise<void> = () => Promise.resolve()

test.use({ baseURL: base })
test.beforeAll(() => {
  // The demonstration is made anew.
  test.setTimeout(600_000)
  return on()
})
test.afterAll(async () => {
  await stop()
  rmSync(folder, { recursive: true, force: true })
})

async function on(asOf?: string) {
  await stop()
  stop = await startDemo({ port, folder, households, ...(asOf ? { asOf } : {}) })
}

test('a family’s story: a hospital bill, a warning, a visit, a decision, help, and the risk that returns', async ({
  browser,
  playwright,
}) => {
  test.setTimeout(900_000)
  const village = await officer(playwright, base, 'chengguan-cun')
  const family = await findFamily(village)
  const name = family.headName
  let clue = ''
  let visit = ''
  let story = ''

  await test.step('a hospital bill of 50,000 yuan arrives in a medical file', async () => {
    await sendBill(browser, village, family, { name: '医保局-三月补报.csv' })
  })

  await test.step('the warning says why, and who may hand it over', async () => {
    const page = await as(browser, 'chengguan-cun')
    await page.goto('/clues?cause=illness')
    const link = page.getByRole('link', { name, exact: true }).first()
    await link.click()
    await expect(page.locator('.story-sentence')).toContainText('元')
    clue = /clues\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? ''
    await expectRefused(page.getByRole('button', { name: '派发', exact: true }), /可以办理的/)
    await page.context().close()
  })

  await test.step('a second worry of the same family joins the same visit', async () => {
    const page = await as(browser, 'chengguan-cun')
    await page.goto(`/households/${family.ref}`)
    await page.getByRole('button', { name: '报告困难' }).click()
    const modal = page.getByRole('dialog')
    await expect(modal.getByRole('button', { name: '报告困难' })).toBeDisabled()
    await choose(page, modal.getByLabel('遇到什么困难'), '因意外事故')
    await modal.getByRole('textbox').fill('户主下地摔伤，家里没人种地')
    await modal.getByRole('button', { name: '报告困难' }).click()
    await expect(page.getByText('已记录，成为一条新线索')).toBeVisible()
    await page.context().close()

    const township = await as(browser, 'chengguan')
    await township.goto('/clues')
    const boxes = township.getByRole('checkbox', { name: `选择 ${name}` })
    await expect(boxes).toHaveCount(2)
    for (const box of await boxes.all()) await box.check()
    await township.getByRole('button', { name: '派人入户' }).first().click()
    const order = township.getByRole('dialog')
    await choose(township, order.getByLabel('派谁去'), '村信息员')
    await expect(order.locator('.effect')).toContainText(/1 户、2 条线索交给 城关街道村信息员 演示/)
    await order.getByRole('button', { name: '派人入户' }).click()
    await expect(township.getByText(/已派 城关街道村信息员 演示 入户 1 户/)).toBeVisible()
    await township.context().close()
    const { rows } = await village.get<Rows<{ id: string; household: Family }>>('/api/visits?mine=true')
    visit = rows.find(({ household }) => household.ref === family.ref)?.id ?? ''
  })

  await test.step('what is known is shown and not asked; nobody goes alone or decides on their own visit', async () => {
    const page = await as(browser, 'chengguan-cun', { english: true })
    await page.goto(`/visits/${visit}`)
    await expect(page.locator('.desk-item').first()).toBeVisible()
    await expect(page.locator('.desk-item').nth(6)).toContainText('yuan')
    const send = page.getByRole('button', { name: 'Hand in the report' })
    await send.click()
    await expect(page.getByText(/Still lacking: .*second visitor.*9 items.*2 clues/)).toBeVisible()
    await page.getByLabel('Name of the second visitor').fill('城关街道村信息员 演示')
    await expect(page.getByText('Name somebody else: two people visit together').first()).toBeVisible()
    await page.getByLabel('Name of the second visitor').fill('城关街道驻村队员 演示')
    await choose(page, page.getByLabel('Whom did you meet'), name)
    const medical = page.locator('.desk-item').nth(3)
    await medical.getByText('problem', { exact: true }).click()
    await medical.getByRole('textbox').fill('脑梗死住院，自付五万元')
    await page.getByRole('button', { name: 'The rest is without problem' }).click()
    const findings = page.locator('.finding')
    await findings
      .nth(0)
      .getByRole('radio', { name: /^Confirm/ })
      .check()
    await findings
      .nth(1)
      .getByRole('radio', { name: /^Exclude/ })
      .check()
    await choose(page, findings.nth(1).getByRole('combobox'), 'children or kin bear it')
    await sign(page.locator('.sign-here svg').first(), page)
    await expectAccessible(page)
    await send.click()
    await expect(page.getByText('Reported, waits for a decision')).toBeVisible()
    await expect(page.locator('.signature svg path')).toHaveCount(1)
    await expectRefused(page.getByRole('button', { name: 'Decide', exact: true }), /township officer/)
    expect(await refusal(village, `/api/visits/${visit}/settle`, { decisions: [] })).toMatch(
      /not-allowed|same-person/,
    )
    await page.context().close()
  })

  await test.step('somebody else decides, with a reason where they see it otherwise', async () => {
    const page = await as(browser, 'chengguan')
    await page.goto(`/visits/${visit}`)
    const second = page.locator('.finding').nth(1)
    await second.getByRole('radio', { name: /^确认有风险/ }).check()
    await page.getByRole('button', { name: '提交审定' }).click()
    await expect(second.getByRole('alert')).toHaveText('与入户人意见不同，请写明理由')
    await second.getByRole('textbox').fill('子女也在负债，先按有风险办')
    await expectAccessible(page)
    await page.getByRole('button', { name: '提交审定' }).click()
    await expect(page.getByRole('heading', { name: '审定结果' })).toBeVisible()
    await expect(page.getByText('入户人意见：')).toBeVisible()
    await page.getByRole('link', { name: /看识别办理/ }).click()
    await expect(page).toHaveURL(/\/cases\/[0-9a-f-]{36}/)
    story = page.url().split('/').at(-1) ?? ''
    await page.context().close()
  })

  const review = { step: 'review', heldOn: '2020-03-10', due: 30, present: 26, agreed: 24, minutes: '' }
  await test.step('no step before its turn: the page says whose it is, the server refuses', async () => {
    expect(await refusal(village, `/api/cases/${story}/step`, { input: review })).toContain('step-order')
    const clerk = await as(browser, 'linquan')
    await clerk.goto(`/cases/${story}`)
    await expect(clerk.getByText('这一步由村信息员办理')).toBeVisible()
    await clerk.context().close()

    const page = await as(browser, 'chengguan-cun')
    await page.goto(`/cases/${story}`)
    const authorise = page.getByRole('button', { name: '登记授权' })
    await expectRefused(authorise, /还缺：哪些成年人签了字/)
    await page.getByRole('checkbox', { name: '全部' }).check()
    await authorise.click()
    await expect(page.getByText('这一步由经办办理')).toBeVisible()
    await page.context().close()
  })

  await test.step('the county compares; the village reviews with enough people and hangs the list out', async () => {
    const clerk = await as(browser, 'linquan')
    await clerk.goto(`/cases/${story}`)
    await clerk.getByRole('button', { name: '开始比对' }).click()
    await expect(clerk.getByText('这一步由村信息员办理')).toBeVisible()
    await clerk.context().close()

    const page = await as(browser, 'chengguan-cun', { english: true, width: 390 })
    await page.goto(`/cases/${story}`)
    await page.getByLabel('Expected').fill('30')
    await page.getByLabel('Present').fill('19')
    await page.getByLabel('Agreed').fill('18')
    await expect(page.getByText('Enough people present (19 of 30; at least 20)')).toBeVisible()
    const take = page.getByRole('button', { name: 'Take down the review' })
    await expectRefused(take, /1 conditions above do not hold/)
    await page.getByLabel('Present').fill('26')
    await page.getByLabel('Agreed').fill('24')
    await expectAccessible(page)
    await take.click()
    await page.getByLabel('Where it hangs').fill('村委会公开栏')
    await page.getByRole('button', { name: 'Hang it out' }).click()
    await expect(page.getByText('This step belongs to the township officer')).toBeVisible()
    await page.context().close()
  })

  const audit = { step: 'township-audit', agree: true, opinion: '情况属实', notKin: false }
  await test.step('while the list hangs out nobody audits', async () => {
    const page = await as(browser, 'chengguan')
    await page.goto(`/cases/${story}`)
    await expect(page.getByText('等到 2020-03-15 公示期满再办。')).toBeVisible()
    await page.getByLabel('意见').fill('情况属实')
    await expectRefused(page.getByRole('button', { name: '提交审核' }), /还有 1 个条件不满足/)
    await expectAccessible(page)
    await page.context().close()
    const township = await officer(playwright, base, 'chengguan')
    expect(await refusal(township, `/api/cases/${story}/step`, { input: audit })).toContain('publicity-days')
    await township.close()
  })
  await village.close()

  await on('2020-03-18')
  await test.step('its days are over: township audits, a checker approves, never the clerk who compared', async () => {
    const township = await as(browser, 'chengguan')
    await township.goto(`/cases/${story}`)
    await township.getByLabel('意见').fill('程序完备，情况属实')
    await township.getByRole('button', { name: '提交审核' }).click()
    await expect(township.getByText('这一步由审核办理')).toBeVisible()
    await township.context().close()

    const clerk = await officer(playwright, base, 'linquan')
    const approval = { ...audit, step: 'county-approval', opinion: '同意' }
    expect(await refusal(clerk, `/api/cases/${story}/step`, { input: approval })).toContain('not-allowed')
    await clerk.close()

    const checker = await as(browser, 'linquan-shenhe')
    await checker.goto(`/cases/${story}`)
    const approve = checker.getByRole('button', { name: '提交审定' })
    await expectRefused(approve, /还缺：意见/)
    await checker.getByLabel('意见').fill('同意纳入监测')
    await approve.click()
    await expect(checker.getByText(/^认定为/)).toBeVisible()
    const download = checker.waitForEvent('download')
    await checker.getByRole('button', { name: '县级审定表' }).click()
    const form = new PizZip(readFileSync(await (await download).path()))
    expect(form.file('word/document.xml')?.asText()).toContain(name)
    expect(form.file('word/document.xml')?.asText()).toContain('同意纳入监测')
    await checker.context().close()
  })

  await test.step('announced and entered, the family is monitored; the risk cannot be resolved at once', async () => {
    const page = await as(browser, 'chengguan-cun')
    await page.goto(`/cases/${story}`)
    await page.getByLabel('公告地点').fill('村委会公开栏')
    await page.getByRole('button', { name: '登记公告' }).click()
    await expect(page.getByText('这一步由乡镇扶贫专干办理')).toBeVisible()
    await page.context().close()

    const township = await as(browser, 'chengguan')
    await township.goto(`/cases/${story}`)
    await township.getByRole('button', { name: '录入标注' }).click()
    await expect(township.getByText('已完成')).toBeVisible()
    await township.getByRole('link', { name: /看户档案/ }).click()
    await expect(township.locator('.casework')).toContainText('有风险，监测中')
    await township.getByRole('button', { name: '办理风险消除' }).click()
    const modal = township.getByRole('dialog')
    await expect(modal.getByText('怎么办：满 6 个月后再办。')).toBeVisible()
    await expect(modal.getByText('怎么办：先制定并落实帮扶措施。')).toBeVisible()
    await expectRefused(modal.getByRole('button', { name: '开始风险消除' }), /个条件不满足/)
    await expectAccessible(township)
    await township.context().close()
  })
  expect(clue).not.toBe('')

  const people = await signInAll(playwright)
  const later = { browser, people, family, on }
  await helpFamily(later)
  const resolvedOn = await resolveRisk(later)
  await returnRisk(later, { clue, resolvedOn })
  await signOutAll(people)
})
