import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import PizZip from 'pizzip'
import { startDemo } from './demo-server.ts'
import { addPhotos, badge, fillItems, handIn, next, setUpPhone, sign, skipRisks } from './field-app.ts'
import { choose, expectAccessible } from './pages.ts'
import { helpFamily, resolveRisk, returnRisk } from './story-later.ts'
import { base, expectRefused, households, openDesks, port } from './story-tools.ts'
import {
  authoriseAndCompare,
  chooseFamily,
  expectNoAudit,
  lastPart,
  openVisit,
  reviewAndHangOut,
  sendBill,
  sendVillage,
} from './story-work.ts'

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
  const { family, head } = await chooseFamily(playwright)
  const name = family.headName
  const desks = openDesks(browser)
  let clue = ''
  let visit = ''
  let story = ''

  await test.step('a hospital bill of 50,000 yuan arrives in a medical file', () =>
    sendBill(desks, head, { name: '医保局-三月补报.csv' }))

  await test.step('the warning says why, and who may hand it over', async () => {
    const page = await desks('village', '/clues?cause=illness')
    await page.getByRole('link', { name, exact: true }).first().click()
    await expect(page.locator('.story-sentence')).toContainText('元')
    clue = lastPart(page)
    await expectRefused(page.getByRole('button', { name: '派发', exact: true }), /可以办理的/)
  })

  await test.step('a second worry of the same family joins the same visit', async () => {
    const page = await desks('village', `/households/${family.ref}`)
    await page.getByRole('button', { name: '报告困难' }).click()
    const modal = page.getByRole('dialog')
    await expect(modal.getByRole('button', { name: '报告困难' })).toBeDisabled()
    await choose(page, modal.getByLabel('遇到什么困难'), '因意外事故')
    await modal.getByRole('textbox').fill('户主下地摔伤，家里没人种地')
    await modal.getByRole('button', { name: '报告困难' }).click()
    await expect(page.getByText('已记录，成为一条新线索')).toBeVisible()
    await sendVillage(desks, family, 2, 'zh-CN')
  })

  await test.step('the visit is made where there is no network, and arrives when there is one', async () => {
    const context = await browser.newContext({
      ...{ baseURL: base, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' },
      viewport: { width: 390, height: 844 },
    })
    const phone = await context.newPage()
    await setUpPhone(phone, 'chengguan-cun')
    await context.setOffline(true)
    await phone.getByRole('link', { name }).first().click()
    await phone.getByRole('link', { name: '开始填写' }).click()
    await phone.getByLabel('同去的另一人').fill('城关街道村信息员 演示')
    await phone.locator('.option').first().click()
    await next(phone)
    await expect(phone.getByRole('alert')).toContainText('同去的须是另一个人')
    await phone.getByLabel('同去的另一人').fill('城关街道驻村队员 演示')
    await next(phone)
    await fillItems(phone)
    const found = phone.getByRole('heading', { name: '线索：因病', level: 1 })
    await expect(found.or(phone.getByRole('heading', { name: '线索：因意外事故', level: 1 }))).toBeVisible()
    for (const isIllness of (await found.isVisible()) ? [true, false] : [false, true]) {
      const cause = isIllness ? '线索：因病' : '线索：因意外事故'
      await expect(phone.getByRole('heading', { name: cause, level: 1 })).toBeVisible()
      await phone.getByRole('radio', { name: isIllness ? '属实，有风险' : '没有风险' }).click()
      if (!isIllness) await phone.getByRole('radio', { name: '亲属能够支持' }).click()
      await next(phone)
    }
    await skipRisks(phone)
    await addPhotos(phone, [])
    await sign(phone)
    await handIn(phone)
    await expect(badge(phone)).toHaveText('1 待上传')
    await context.setOffline(false)
    await expect(badge(phone)).toHaveText('已全部上传', { timeout: 300_000 })
    await context.close()
  })

  await test.step('nobody decides on their own visit', async () => {
    const page = await desks('village', `/clues/${clue}`, { language: 'en-US' })
    visit = await openVisit(page.getByRole('link', { name: /^See the visit/ }))
    await expect(page.getByText('Reported, waits for a decision')).toBeVisible()
    await expect(page.locator('.signature svg path')).toHaveCount(2)
    await expectRefused(page.getByRole('button', { name: 'Decide', exact: true }), /township officer/)
  })

  await test.step('somebody else decides, with a reason where they see it otherwise', async () => {
    const page = await desks('township', `/visits/${visit}`)
    const second = page.locator('.finding').filter({ hasText: '入户人意见： 排除' })
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
    story = lastPart(page)
  })

  await test.step('no step before its turn, and none for another: the page says what it waits for and whose it is', async () => {
    const clerk = await desks('clerk', `/cases/${story}`)
    await expect(clerk.getByText('这一步由村信息员办理，您可以看，不能代办。')).toBeVisible()
    await expect(clerk.getByRole('button', { name: '开始比对' })).toHaveCount(0)
    const waiting = clerk.locator('.case-steps > li').filter({ hasText: '信息比对' })
    await expect(waiting).toContainText('等前一步办完')
  })

  let until = ''
  await test.step('authorised and compared; the village reviews with enough people and hangs the list out', async () => {
    await authoriseAndCompare(desks, story, 'zh-CN')
    const page = await desks('village', `/cases/${story}`, { language: 'en-US', width: 390 })
    await expectAccessible(page)
    until = await reviewAndHangOut(page, 'en-US')
    expect(until).toBe('2020-03-15')
  })

  await test.step('while the list hangs out nobody audits', async () => {
    const page = await expectNoAudit(desks, story, until, 'zh-CN')
    // A click all the same sends nothing.
    await page.getByRole('button', { name: '提交审核' }).click({ force: true })
    await expect(page.locator('.next-step')).toContainText('等到 2020-03-15 公示期满再办。')
  })

  await on('2020-03-18')
  await test.step('its days are over: township audits, a checker approves, never the clerk who compared', async () => {
    const township = await desks('township', `/cases/${story}`)
    await township.getByLabel('意见', { exact: true }).fill('程序完备，情况属实')
    await township.getByRole('button', { name: '提交审核' }).click()
    await expect(township.getByText('这一步由审核办理')).toBeVisible()

    const clerk = await desks('clerk', `/cases/${story}`)
    await expect(clerk.getByText('这一步由审核办理，您可以看，不能代办。')).toBeVisible()
    await expect(clerk.getByRole('button', { name: '提交审定' })).toHaveCount(0)

    const checker = await desks('checker', `/cases/${story}`)
    const approve = checker.getByRole('button', { name: '提交审定' })
    await expectRefused(approve, /还缺：意见/)
    await checker.getByLabel('意见', { exact: true }).fill('同意纳入监测')
    await approve.click()
    // The form says what it would decide; only when it is gone has it been decided.
    await expect(approve).toHaveCount(0)
    await expect(checker.getByText(/^认定为/)).toBeVisible()
    const download = checker.waitForEvent('download')
    await checker.getByRole('button', { name: '县级审定表' }).click()
    const form = new PizZip(readFileSync(await (await download).path()))
    expect(form.file('word/document.xml')?.asText()).toContain(name)
    expect(form.file('word/document.xml')?.asText()).toContain('同意纳入监测')
  })

  await test.step('announced and entered, the family is monitored; the risk cannot be resolved at once', async () => {
    const page = await desks('village', `/cases/${story}`)
    await page.getByLabel('公告地点').fill('村委会公开栏')
    await page.getByRole('button', { name: '登记公告' }).click()
    await expect(page.getByText('这一步由乡镇扶贫专干办理')).toBeVisible()

    const township = await desks('township', `/cases/${story}`)
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
  })

  const later = { desks, family, on }
  await helpFamily(later)
  const resolvedOn = await resolveRisk(later, '2020-09-21')
  await returnRisk(later, { clue, head, resolvedOn })
})
