import { expect, type Locator, type Page, type PlaywrightWorkerArgs } from '@playwright/test'
import { cases as casesEnglish } from '#web/admin/cases/locales/en-US.ts'
import { cases } from '#web/admin/cases/locales/zh-CN.ts'
import { clues as cluesEnglish } from '#web/admin/clues/locales/en-US.ts'
import { clues } from '#web/admin/clues/locales/zh-CN.ts'
import { visits as visitsEnglish } from '#web/admin/visits/locales/en-US.ts'
import { visits } from '#web/admin/visits/locales/zh-CN.ts'
import type { Language } from '#web/locales/language.ts'
import { officer } from './field-work.ts'
import { choose, expectAccessible } from './pages.ts'
import { type Person, writeNewBills } from './settlements.ts'
import { base, type Desks, expectRefused, type Family, findFamily, households, sign } from './story-tools.ts'

/** The same clicks in either language, by the words that stand on the pages. */
export const words = {
  'zh-CN': { ...{ case: cases, work: visits, clues } },
  'en-US': { ...{ case: casesEnglish, work: visitsEnglish, clues: cluesEnglish } },
} as const

/** What a sentence of the catalogue says, with anything in the places of its values. */
export const withText = (sentence: string) =>
  new RegExp(
    sentence
      .split(/\{\{\w+\}\}/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
      .join('.*'),
  )

const filled = (sentence: string, values: Record<string, string>) =>
  sentence.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '')

/** The family the story is about, and its number as the department knows it: the one thing no page shows without a purpose. */
export async function chooseFamily(playwright: PlaywrightWorkerArgs['playwright']) {
  const village = await officer(playwright, base, 'chengguan-cun')
  const family = await findFamily(village)
  const { members } = await village.get<{ members: { ref: string; name: string }[] }>(
    `/api/households/${family.ref}`,
  )
  const { value } = await village.post<{ value: string }>(`/api/households/${family.ref}/reveal`, {
    ...{ field: 'id-number', person: members[0]?.ref, purpose: 'verify-identity' },
  })
  await village.close()
  return { family, head: { name: members[0]?.name ?? '', idNumber: value } }
}

/** The department hands in a new file with a bill of the head of the household. */
export async function sendBill(
  desks: Desks,
  head: Person,
  { name, stay, language = 'zh-CN' }: { name: string; stay?: Person['stay']; language?: Language },
) {
  const person: Person = { ...head, ...(stay ? { stay } : {}) }
  const buffer = await writeNewBills(1, 0, { households, person })
  const page = await desks('department', '/', { language })
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer })
  await page.getByRole('button', { name: /^(开始比对|Start comparison)$/ }).click()
  await expect(page.getByText(/新增线索 \d+ 条|\d+ new clues/)).toBeVisible({ timeout: 300_000 })
}

/** The township sends the village's clerk to look into all clues of the family. */
export async function sendVillage(desks: Desks, { headName }: Family, count: number, language: Language) {
  const { work, clues: inbox } = words[language]
  const page = await desks('township', '/clues', { language })
  const boxes = page.getByRole('checkbox', { name: inbox.select.replace('{{name}}', headName), exact: true })
  await expect(boxes).toHaveCount(count)
  for (const box of await boxes.all()) await box.check()
  await page.getByRole('button', { name: work.assign }).first().click()
  const order = page.getByRole('dialog')
  await choose(page, order.getByLabel(work.assignWho), '村信息员')
  await expect(order.locator('.effect')).toContainText('城关街道村信息员 演示')
  await order.getByRole('button', { name: work.assign }).click()
  await expect(order).toBeHidden()
}

/** From a page that names it to the visit. */
export async function openVisit(link: Locator): Promise<string> {
  await link.click()
  await link.page().waitForURL(/\/visits\/[0-9a-f-]{36}/)
  return lastPart(link.page())
}

export const lastPart = (page: Page) => new URL(page.url()).pathname.split('/').at(-1) ?? ''

/** All is well but for the clues, which are true. */
export async function reportAtDesk(page: Page, { headName }: Family, language: Language) {
  const { work } = words[language]
  await page.getByLabel(work.secondVisitor).fill('城关街道驻村队员 演示')
  await choose(page, page.getByLabel(work.metWhom), headName)
  await page.getByRole('button', { name: work.allGood }).click()
  for (const finding of await page.locator('.finding').all())
    await finding.getByRole('radio', { name: work.outcome.confirm }).check()
  await sign(page.locator('.sign-here svg').first(), page)
  await page.getByRole('button', { name: work.send }).click()
  await expect(page.locator('.signature svg path')).toHaveCount(1)
}

/** What was found is decided by another person; answers the case that follows. */
export async function decide(desks: Desks, visit: string, language: Language): Promise<string> {
  const { work } = words[language]
  const page = await desks('township', `/visits/${visit}`, { language })
  await page.getByRole('button', { name: work.submitDecision }).click()
  await page.getByRole('link', { name: work.openCase }).click()
  await expect(page).toHaveURL(/\/cases\/[0-9a-f-]{36}/)
  return lastPart(page)
}

/** The village takes the authorisation down; the county's clerk compares. */
export async function authoriseAndCompare(desks: Desks, id: string, language: Language) {
  const t = words[language].case
  const page = await desks('village', `/cases/${id}`, { language })
  const authorise = page.getByRole('button', { name: t.form.authorise })
  await expectRefused(authorise, withText(t.form.lacking.replace('{{what}}', t.form.signatories)))
  await page.getByRole('checkbox', { name: t.form.allAdults, exact: true }).check()
  await authorise.click()
  await expect(page.getByText(withText(t.notYours))).toBeVisible()

  const clerk = await desks('clerk', `/cases/${id}`, { language })
  await clerk.getByRole('button', { name: t.form.compare }).click()
  await expect(clerk.getByText(t.flagsNone)).toBeVisible()
}

/** The village meets with enough people and hangs the list out; answers the day on which it may come down. */
export async function reviewAndHangOut(page: Page, language: Language): Promise<string> {
  const t = words[language].case
  await page.getByLabel(t.form.dueCount).fill('30')
  await page.getByLabel(t.form.presentCount).fill('19')
  await page.getByLabel(t.form.agreedCount).fill('18')
  const tooFew = { due: '30', present: '19', needed: '20' }
  await expect(page.getByText(filled(t.guard.quorum, tooFew))).toBeVisible()
  const take = page.getByRole('button', { name: t.form.review })
  await expectRefused(take, withText(t.form.failing))
  await page.getByLabel(t.form.presentCount).fill('26')
  await page.getByLabel(t.form.agreedCount).fill('24')
  await take.click()
  await page.getByLabel(t.form.publicityPlace).fill('村委会公开栏')
  await page.getByRole('button', { name: t.form.publicity, exact: true }).click()
  const hangs = page.locator('.next-step').getByText(withText(t.publicity))
  await expect(hangs).toBeVisible()
  return (await hangs.innerText()).match(/\d{4}-\d\d-\d\d/g)?.[1] ?? ''
}

/** Township and county agree, each with an opinion, the county on a category; the village announces; the township enters it. */
export async function auditAndEnter(desks: Desks, id: string, language: Language, category?: string) {
  const t = words[language].case
  const township = await desks('township', `/cases/${id}`, { language })
  await township.getByLabel(t.form.opinion, { exact: true }).fill('程序完备，情况属实')
  await township.getByRole('button', { name: t.form.audit }).click()
  await expect(township.getByText(withText(t.notYours))).toBeVisible()

  const checker = await desks('checker', `/cases/${id}`, { language })
  const approve = checker.getByRole('button', { name: t.form.approval })
  await expectRefused(approve, withText(t.form.lacking.replace('{{what}}', t.form.opinion)))
  await checker.getByLabel(t.form.opinion, { exact: true }).fill('同意')
  if (category) await choose(checker, checker.getByLabel(t.form.category), category)
  await approve.click()
  await expect(checker.getByText(withText(t.notYours))).toBeVisible()

  const village = await desks('village', `/cases/${id}`, { language })
  await village.getByLabel(t.form.announcePlace).fill('村委会公开栏')
  await village.getByRole('button', { name: t.form.announce }).click()
  await expect(village.getByText(withText(t.notYours))).toBeVisible()

  const entry = await desks('township', `/cases/${id}`, { language })
  await entry.getByRole('button', { name: t.form.enter, exact: true }).click()
  await expect(entry.locator('.record-strip').getByText(t.state.entered)).toBeVisible()
}

/** While the list hangs out nobody audits, and the page says until when. */
export async function expectNoAudit(desks: Desks, id: string, until: string, language: Language) {
  const t = words[language].case
  const page = await desks('township', `/cases/${id}`, { language })
  await expect(page.getByText(t.guardTodo['publicity-days'].replace('{{until}}', until))).toBeVisible()
  await page.getByLabel(t.form.opinion, { exact: true }).fill('情况属实')
  await expectRefused(page.getByRole('button', { name: t.form.audit }), withText(t.form.failing))
  await expectAccessible(page)
  return page
}
