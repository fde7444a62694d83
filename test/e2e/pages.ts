import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** Signs in with one of the demonstration accounts, as its button on the sign-in page does. */
export async function signIn(page: Page, username: string) {
  await page.goto('/sign-in')
  await page.getByRole('button', { name: username }).click()
  await expect(page.getByRole('navigation', { name: '菜单' })).toBeVisible()
}

/** Nothing that keeps people with a keyboard or a screen reader out. */
export async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
}

export async function countOf(page: Page): Promise<number> {
  const text = await page.locator('.page-header .muted').first().innerText()
  return Number(text.replace(/\D/g, ''))
}
