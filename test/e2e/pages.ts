import { expect, type Locator, type Page } from '@playwright/test'
import axe from 'axe-core'
import { remember, resume } from './sessions.ts'

declare global {
  interface Window {
    axe: typeof axe
  }
}

const onlyViolations: axe.RunOptions = { resultTypes: ['violations'], selectors: false }

const menu = (page: Page) => page.getByRole('navigation', { name: /菜单|Menu/ })

/** Signs in with one of the demonstration accounts; who has signed in before goes on with that session. */
export async function signIn(page: Page, username: string) {
  if (!(await resume(page.context(), username))) {
    await signInByCard(page, username)
    return remember(page.context(), username)
  }
  await page.goto('/')
  await expect(menu(page)).toBeVisible()
}

/** Signs in as the account's card on the sign-in page does: with the code, where one is needed. */
export async function signInByCard(page: Page, username: string) {
  await page.goto('/sign-in')
  const refused = page.locator('.sign-in-demo').getByRole('alert')
  // All tests come from one address; where they came too often the page says so, and one tries again.
  await expect(async () => {
    await page.getByRole('button', { name: new RegExp(`\\s${username}(\\s|$)`) }).click()
    await expect(menu(page).or(refused)).toBeVisible()
    expect(await refused.count(), 'refused').toBe(0)
  }).toPass({ intervals: [5000] })
}

/** What a drop-down that is open offers. */
export function choices(page: Page) {
  return page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')
}

/** Chooses from a drop-down. */
export async function choose(page: Page, field: Locator, text: string) {
  await field.click()
  await choices(page).filter({ hasText: text }).first().click()
  await expect(choices(page)).toHaveCount(0)
}

export async function signOut(page: Page) {
  const signedOut = page.getByRole('heading', { name: /登录|Sign in/, level: 1 })
  const item = page.getByRole('menuitem', { name: /退出|Sign out/ })
  // The menu follows its button while the page behind it is still filling; a click may miss it.
  await expect(async () => {
    if (await signedOut.isVisible()) return
    if (!(await item.isVisible())) await page.locator('.shell-right button').last().click({ timeout: 10_000 })
    await item.click({ timeout: 10_000 })
    await expect(signedOut).toBeVisible()
  }).toPass()
}

/** Types name and password, up to where the page asks for the next step. */
export async function enter(page: Page, username: string, password: string) {
  await page.getByLabel('用户名').fill(username)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

/** Nothing that keeps people with a keyboard or a screen reader out. */
export async function expectAccessible(page: Page) {
  // What is still fading in has not its colours yet; spinners never end.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((one) => one.effect?.getTiming().iterations !== Number.POSITIVE_INFINITY)
        .map((one) => one.finished.catch(() => undefined)),
    ),
  )
  expect(await violationsOf(page)).toEqual([])
}

/** In the page itself, where no frame is: a builder beside it took seven times as long, for selectors and what holds, which nobody reads. */
async function violationsOf(page: Page): Promise<string[]> {
  expect(page.frames()).toHaveLength(1)
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const { violations } = await page.evaluate((options) => window.axe.run(options), onlyViolations)
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}

/** The number beside the title of a list. */
export async function countOf(page: Page): Promise<number> {
  const note = page.locator('.page-header .muted').first()
  // While another filter's answer is on its way the page shows no number.
  await expect(note).toHaveText(/\d/, { useInnerText: true })
  return Number((await note.innerText()).replace(/\D/g, ''))
}
