import { expect, test } from '@playwright/test'
import { expectAccessible, signIn } from './pages.ts'

test('one search leads to households, places, rules and pages, by keyboard alone', async ({ page }) => {
  await signIn(page, 'linquan')
  const name = await page.evaluate(async () => {
    const { rows } = await (await fetch('/api/clues?size=1')).json()
    return rows[0].household.headName as string
  })
  await page.keyboard.press('Control+k')
  const dialog = page.getByRole('dialog', { name: '搜索' })
  const field = dialog.getByRole('combobox')
  await expect(field).toBeFocused()
  await field.fill(name)
  await expect(dialog.getByRole('option', { name }).first()).toBeVisible()
  await expect(dialog.getByRole('group', { name: '农户和成员' })).toBeVisible()
  await expect(dialog.getByRole('group', { name: '线索' })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  // The workbench has no search of its own.
  await page.keyboard.press('/')
  await field.fill('chengguan')
  await expect(dialog.getByRole('option', { name: /城关/ }).first()).toBeVisible()
  await field.fill('预警清单')
  await expect(dialog.getByRole('option', { name: '预警清单' })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/clues$/)

  // Enter before the answer leads to what the answer begins with.
  await page.keyboard.press('Control+k')
  await field.fill(name)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/households\//)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name)
})

test('the bell leads to the digest of the day', async ({ page }) => {
  await signIn(page, 'linquan')
  await page.getByRole('link', { name: /^消息/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: '今日摘要' })).toBeVisible()
  await expect(page.getByRole('heading', { name: /近两周的消息/ })).toBeVisible()
  await expectAccessible(page)
  await page.reload()
  await expect(page.getByRole('link', { name: '消息，0 条未读' })).toBeVisible()
})
