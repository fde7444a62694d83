import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** Signs in with one of the demonstration accounts, as its card on the sign-in page does: with the code, where one is needed. */
export async function signIn(page: Page, username: string) {
  await page.goto('/sign-in')
  // All tests come from one address; where they came too often the page says so, and one tries again.
  await expect(async () => {
    await page.getByRole('button', { name: new RegExp(`\\s${username}(\\s|$)`) }).click({ timeout: 5000 })
    await expect(page.getByRole('navigation', { name: /菜单|Menu/ })).toBeVisible({ timeout: 8000 })
  }).toPass({ timeout: 45_000, intervals: [2000, 5000] })
}

/** What a drop-down that is open offers. */
export function choices(page: Page) {
  return page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')
}

export async function signOut(page: Page) {
  const item = page.getByRole('menuitem', { name: /退出|Sign out/ })
  // The menu follows its button while the page behind it is still filling; a click may miss it.
  await expect(async () => {
    if (!(await item.isVisible())) await page.locator('.shell-right button').last().click()
    await item.click({ timeout: 2000 })
    await expect(page.getByRole('heading', { name: /登录|Sign in/, level: 1 })).toBeVisible({ timeout: 3000 })
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
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
}

export async function countOf(page: Page): Promise<number> {
  const text = await page.locator('.page-header .muted').first().innerText()
  return Number(text.replace(/\D/g, ''))
}
