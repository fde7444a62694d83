import { type Browser, expect, test } from '@playwright/test'
import { expectAccessible } from './pages.ts'
import { as, choose, expectRefused, type Family, refusal } from './story-tools.ts'
import {
  auditAndEnter,
  authoriseAndCompare,
  type People,
  plannedVisit,
  reviewAndHangOut,
  sendBill,
  sendVillage,
  visitAndSettle,
} from './story-work.ts'

/** What the later chapters need of the first ones: the family is monitored. */
export interface Later {
  browser: Browser
  /** Signed in for all of it: a session outlives a restart. */
  people: People
  family: Family
  /** Starts the product again on that day. */
  on(day: string): Promise<void>
}

const opening = ({ ref }: Family) => ({ household: ref, way: 'helped', reason: '', dryRun: false })

/** Two measures of the policy, put in and begun by two people; the first is carried out. */
export async function helpFamily(later: Later) {
  const { browser, family, people } = later
  await test.step('the village adopts what the policy has for the cause, and says what came of it', async () => {
    const page = await as(browser, 'chengguan-cun')
    await page.goto(`/households/${family.ref}`)
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
    await page.context().close()
  })

  await test.step('the township plans a second one; while it has not begun nobody resolves the risk', async () => {
    const page = await as(browser, 'chengguan', { english: true })
    await page.goto(`/households/${family.ref}`)
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
    await expectRefused(modal.getByRole('button', { name: 'Begin the resolution' }), /do not hold/)
    const answer = await refusal(people.township, '/api/cases/resolutions', opening(family))
    expect(answer).toMatch(/case-guard.*months-since.*measure-unfinished/)
    await page.keyboard.press('Escape')

    await planned.getByRole('button', { name: 'Begin' }).click()
    await expect(plan.locator('.measure-under-way')).toContainText('under way')
    await page.getByRole('button', { name: 'Resolve the risk' }).click()
    await expect(modal.getByText('What to do: come back after 6 months.')).toBeVisible()
    await expect(modal.getByText(unbegun)).toHaveCount(0)
    await page.context().close()
  })
}

const halfAYearLater = '2020-09-21'

/** Half a year later the risk is resolved, the conditions seen by a visit. Answers the day. */
export async function resolveRisk(later: Later): Promise<string> {
  const { browser, family, people, on } = later
  await on(halfAYearLater)
  await test.step('after six months still nobody resolves the risk without having been there', async () => {
    const answer = await refusal(people.township, '/api/cases/resolutions', opening(family))
    expect(answer).toMatch(/case-guard.*visit-missing/)
    expect(answer).not.toMatch(/months-since|no-measure|measure-unfinished|open-clue|guaranteed/)
    const page = await as(browser, 'chengguan')
    await page.goto(`/households/${family.ref}`)
    await page.getByRole('button', { name: '安排入户' }).click()
    const plan = page.getByRole('dialog')
    await plan.getByRole('radio', { name: '消除前入户' }).check()
    await choose(page, plan.getByLabel('派谁去'), '村信息员')
    await expect(plan.getByRole('button', { name: '安排入户' })).toBeDisabled()
    await plan.getByLabel('最迟哪天去').fill(halfAYearLater)
    await plan.getByLabel('最迟哪天去').press('Enter')
    await expectAccessible(page)
    await plan.getByRole('button', { name: '安排入户' }).click()
    await expect(page.getByText(/已派 城关街道村信息员 演示 入户 1 户/)).toBeVisible()
    await page.context().close()
    await visitAndSettle(people, await plannedVisit(people, family), halfAYearLater)
  })

  let resolution = ''
  // Whoever begins it has had a part in it and could not audit it: the village does.
  await test.step('every condition holds: the resolution begins', async () => {
    const page = await as(browser, 'chengguan-cun')
    await page.goto(`/households/${family.ref}`)
    await page.getByRole('button', { name: '办理风险消除' }).click()
    const modal = page.getByRole('dialog')
    await expect(modal.getByText('认定已满 6 个月（现在 6 个月）')).toBeVisible()
    await expect(modal.getByRole('img', { name: '满足', exact: true })).toHaveCount(12)
    await expect(modal.getByRole('img', { name: '不满足' })).toHaveCount(0)
    await expectAccessible(page)
    await modal.getByRole('button', { name: '开始风险消除' }).click()
    await expect(page).toHaveURL(/\/cases\/[0-9a-f-]{36}/)
    resolution = page.url().split('/').at(-1) ?? ''
    await page.context().close()
  })

  const over = await test.step('the village reviews it and hangs it out', () =>
    reviewAndHangOut(people, resolution, halfAYearLater))
  await on(over)
  await test.step('audited, approved, announced, entered: the risk is resolved, the plan closed', async () => {
    await auditAndEnter(people, resolution, over)
    const page = await as(browser, 'chengguan-cun')
    await page.goto(`/households/${family.ref}`)
    await expect(page.locator('.casework-list .now').first()).toContainText('风险已消除')
    await expect(page.getByText(`${over} 风险消除，计划已关闭；记录保留。`)).toBeVisible()
    await expect(page.getByRole('button', { name: '办理风险消除' })).toHaveCount(0)
    await page.context().close()
  })
  return over
}

interface HouseholdView {
  clues: { id: string; cause: string; state: string; openedOn: string }[]
}

/** A second stay in hospital: the warning is a new clue, and ends in a spell of its own. */
export async function returnRisk(later: Later, { clue, resolvedOn }: { clue: string; resolvedOn: string }) {
  const { browser, family, people, on } = later
  const again = await test.step('a new bill in a new file: the warning returns as a new clue', async () => {
    const stay = { number: 'E2F', from: '2020-09-02', to: '2020-09-24', selfPaidYuan: 60_000 }
    await sendBill(browser, people.village, family, { name: '医保局-九月.csv', stay })
    const { clues } = await people.village.get<HouseholdView>(`/api/households/${family.ref}`)
    const fresh = clues.filter(({ state }) => state === 'new')
    expect(fresh).toEqual([expect.objectContaining({ cause: 'illness', openedOn: resolvedOn })])
    expect(clues.find(({ id }) => id === clue)?.state).toBe('confirmed')
    return fresh.map(({ id }) => id)
  })

  let story = ''
  const over =
    await test.step('visited, decided, compared, reviewed: the second identification hangs out', async () => {
      await sendVillage(people, family, again)
      story = await visitAndSettle(people, await plannedVisit(people, family), resolvedOn)
      await authoriseAndCompare(people, story, family, resolvedOn)
      return reviewAndHangOut(people, story, resolvedOn)
    })
  await on(over)
  await test.step('the family is monitored again, and its page tells the whole story', async () => {
    await auditAndEnter(people, story, over)
    const page = await as(browser, 'chengguan', { english: true })
    await page.goto(`/households/${family.ref}`)
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
    await page.context().close()
  })
}
