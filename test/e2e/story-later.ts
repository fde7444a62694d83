import { expect, test } from '@playwright/test'
import { choose, expectAccessible } from './pages.ts'
import type { Person } from './settlements.ts'
import { type Desks, expectRefused, type Family } from './story-tools.ts'
import {
  auditAndEnter,
  authoriseAndCompare,
  decide,
  expectNoAudit,
  lastPart,
  openVisit,
  reportAtDesk,
  reviewAndHangOut,
  sendBill,
  sendVillage,
} from './story-work.ts'

/** What the later chapters need of the first ones: the family is monitored. */
export interface Later {
  desks: Desks
  family: Family
  /** Starts the product again on that day. */
  on(day: string): Promise<void>
}

/** Two measures of the policy, put in and begun by two people; the first is carried out. */
export async function helpFamily({ desks, family }: Later) {
  await test.step('the village adopts what the policy has for the cause, and says what came of it', async () => {
    const page = await desks('village', `/households/${family.ref}`)
    const plan = page.getByRole('region', { name: '帮扶计划' })
    await plan.getByRole('button', { name: /^采用/ }).first().click()
    const card = plan.locator('.measure')
    await expect(card).toHaveCount(1)
    await card.getByRole('button', { name: /开\s*始/ }).click()
    await expect(card).toContainText('进行中')
    await card.getByRole('button', { name: /完\s*成/ }).click()
    const end = page.getByRole('dialog', { name: '措施完成' })
    await end.getByLabel('凭据').fill('医疗救助审批表')
    await expect(end.getByRole('button', { name: /完\s*成/ })).toBeDisabled()
    await end.getByLabel('成效').fill('救助 30,000 元已到账')
    await end.getByRole('button', { name: /完\s*成/ }).click()
    await expect(card).toContainText('已完成')
    await expect(card).toContainText('救助 30,000 元已到账')
    await expectAccessible(page)
  })

  await test.step('the township plans a second one; while it has not begun nobody resolves the risk', async () => {
    const page = await desks('township', `/households/${family.ref}`, { language: 'en-US' })
    const plan = page.getByRole('region', { name: 'Plan of help' })
    await plan
      .getByRole('button', { name: /^Adopt/ })
      .first()
      .click()
    await expect(plan.locator('.measure')).toHaveCount(2)
    const planned = plan.locator('.measure-planned')
    await expect(planned).toContainText('not begun')

    await page.getByRole('button', { name: 'Resolve the risk' }).click()
    const modal = page.getByRole('dialog')
    const unbegun = 'What to do: begin them, or cancel what is not needed.'
    await expect(modal.getByText(unbegun)).toBeVisible()
    await expect(modal.getByText('What to do: come back after 6 months.')).toBeVisible()
    const begin = modal.getByRole('button', { name: 'Begin the resolution' })
    await expectRefused(begin, /do not hold/)
    // A click all the same begins nothing.
    await begin.click({ force: true })
    await expect(modal).toBeVisible()
    await page.keyboard.press('Escape')

    await planned.getByRole('button', { name: 'Begin' }).click()
    await expect(plan.locator('.measure-under-way')).toContainText('under way')
    await page.getByRole('button', { name: 'Resolve the risk' }).click()
    await expect(modal.getByText('What to do: come back after 6 months.')).toBeVisible()
    await expect(modal.getByText(unbegun)).toHaveCount(0)
  })
}

/** Half a year after the identification the risk is resolved, the conditions seen by a visit. Answers the day. */
export async function resolveRisk({ desks, family, on }: Later, halfAYearLater: string): Promise<string> {
  await on(halfAYearLater)
  await test.step('after six months still nobody resolves the risk without having been there', async () => {
    const page = await desks('township', `/households/${family.ref}`)
    await page.getByRole('button', { name: '办理风险消除' }).click()
    const modal = page.getByRole('dialog')
    await expect(modal.getByText('认定已满 6 个月（现在 6 个月）')).toBeVisible()
    await expect(modal.getByText('怎么办：先安排一次“消除前入户”。')).toBeVisible()
    await expectRefused(modal.getByRole('button', { name: '开始风险消除' }), /个条件不满足/)
    await page.keyboard.press('Escape')
    await expect(modal).toBeHidden()

    await page.getByRole('button', { name: '安排入户' }).click()
    await modal.getByRole('radio', { name: '消除前入户' }).check()
    await choose(page, modal.getByLabel('派谁去'), '村信息员')
    await expect(modal.getByRole('button', { name: '安排入户' })).toBeDisabled()
    await modal.getByLabel('最迟哪天去').fill(halfAYearLater)
    await modal.getByLabel('最迟哪天去').press('Enter')
    await expectAccessible(page)
    await modal.getByRole('button', { name: '安排入户' }).click()
    await expect(page.getByText(/已派 城关街道村信息员 演示 入户 1 户/)).toBeVisible()
  })

  await test.step('what is known is shown and not requested; nobody goes alone', async () => {
    const page = await desks('village', `/households/${family.ref}`, { language: 'en-US' })
    await openVisit(page.getByRole('link', { name: 'Before a resolution' }))
    await expect(page.locator('.desk-item').nth(6)).toContainText('yuan')
    await page.getByRole('button', { name: 'Hand in the report' }).click()
    await expect(page.getByText(/Still lacking: .*second visitor.*9 items/)).toBeVisible()
    await page.getByLabel('Name of the second visitor').fill('城关街道村信息员 演示')
    await expect(page.getByText('Name somebody else: two people visit together').first()).toBeVisible()
    await expectAccessible(page)
    await reportAtDesk(page, family, 'en-US')
  })

  let resolution = ''
  let over = ''
  // Whoever begins it has had a part in it and could not audit it: the village does.
  await test.step('every condition has passed: the resolution begins, is reviewed and hangs out', async () => {
    const page = await desks('village', `/households/${family.ref}`)
    await page.getByRole('button', { name: '办理风险消除' }).click()
    const modal = page.getByRole('dialog')
    await expect(modal.getByRole('img', { name: '满足', exact: true })).toHaveCount(12)
    await expect(modal.getByRole('img', { name: '不满足' })).toHaveCount(0)
    await modal.getByRole('button', { name: '开始风险消除' }).click()
    await expect(page).toHaveURL(/\/cases\/[0-9a-f-]{36}/)
    resolution = lastPart(page)
    over = await reviewAndHangOut(page, 'zh-CN')
    await page.getByRole('button', { name: '登记异议' }).click()
    await modal.getByLabel('谁提的').fill('匿名')
    await modal.getByLabel('说了什么').fill('听说他家儿子在外面挣钱')
    await modal.getByRole('button', { name: '登记异议' }).click()
    await expectRefused(page.getByRole('button', { name: '答复异议' }), /请由另一人答复/)
  })

  await on(over)
  await test.step('the days are over, but nobody audits while an objection is open', async () => {
    const page = await desks('township', `/cases/${resolution}`)
    await expect(page.getByText('怎么办：在“异议”里答复，由登记异议以外的人答复。')).toBeVisible()
    await page.getByLabel('意见', { exact: true }).fill('情况属实')
    await expectRefused(page.getByRole('button', { name: '提交审核' }), /个条件不满足/)
    await page.getByRole('button', { name: '答复异议' }).click()
    const modal = page.getByRole('dialog')
    await modal.getByRole('radio', { name: '不成立' }).check()
    await modal.getByLabel('调查情况').fill('工资已计入收入，仍高于监测线')
    await modal.getByRole('button', { name: '答复异议' }).click()
    await expect(page.getByText(/工资已计入收入/)).toBeVisible()
  })

  await test.step('audited, approved, announced, entered: the risk is resolved, the plan closed', async () => {
    await auditAndEnter(desks, resolution, 'zh-CN')
    const page = await desks('village', `/households/${family.ref}`)
    await expect(page.locator('.casework-list .now').first()).toContainText('风险已消除')
    await expect(page.getByText(`${over} 风险消除，计划已关闭；记录保留。`)).toBeVisible()
    await expect(page.getByRole('button', { name: '办理风险消除' })).toHaveCount(0)
  })
  return over
}

/** A second stay in hospital: the warning is a new clue, and ends in a spell of its own. */
export async function returnRisk(
  { desks, family, on }: Later,
  { clue, head, resolvedOn }: { clue: string; head: Person; resolvedOn: string },
) {
  const visit =
    await test.step('a new bill in a new file: the warning returns as a new clue, and is looked into', async () => {
      const stay = { number: 'E2F', from: '2020-09-02', to: '2020-09-24', selfPaidYuan: 60_000 }
      await sendBill(desks, head, { name: '医保局-九月.csv', stay, language: 'en-US' })
      await sendVillage(desks, family, 1, 'en-US')
      const page = await desks('village', '/clues?cause=illness', { language: 'en-US' })
      await page.getByRole('link', { name: family.headName, exact: true }).first().click()
      await expect(page.locator('.story-marks').getByText('Being verified')).toBeVisible()
      expect(lastPart(page)).not.toBe(clue)
      const opened = await openVisit(page.getByRole('link', { name: /^See the visit/ }))
      await reportAtDesk(page, family, 'en-US')
      return opened
    })

  let story = ''
  const over =
    await test.step('decided, compared, reviewed: the second identification hangs out', async () => {
      story = await decide(desks, visit, 'en-US')
      await authoriseAndCompare(desks, story, 'en-US')
      const page = await desks('village', `/cases/${story}`, { language: 'en-US' })
      const until = await reviewAndHangOut(page, 'en-US')
      await expectNoAudit(desks, story, until, 'en-US')
      return until
    })
  await on(over)
  await test.step('the family is monitored again, and its page shows the whole history', async () => {
    await auditAndEnter(desks, story, 'en-US')
    const page = await desks('township', `/households/${family.ref}`, { language: 'en-US' })
    const spells = page.locator('.casework-list').first().locator('li')
    await expect(spells.nth(0)).toContainText(/at risk, monitored.*identified again/)
    await expect(spells.nth(0)).toContainText(`${over} – now`)
    await expect(spells.nth(1)).toContainText(/risk resolved/)
    await expect(spells.nth(1)).toContainText(`${resolvedOn} – ${over} · resolved`)
    await expect(spells.nth(2)).toContainText(/at risk, monitored/)
    await expect(spells.nth(2)).toContainText(`2020-03-18 – ${resolvedOn} · identified`)
    const plan = page.getByRole('region', { name: 'Plan of help' })
    await expect(plan.getByRole('button', { name: /^Adopt/ }).first()).toBeVisible()
    await expectAccessible(page)
  })
}
