import { expect, test } from '@playwright/test'
import { expectAccessible, signIn, signOut } from './pages.ts'

test('the system administrator sees whether all is well, wide and narrow, in both languages, and nobody else does', async ({
  page,
}) => {
  await signIn(page, 'xitong')
  await page.getByRole('link', { name: '运行状况' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('运行状况')
  // The demonstration makes no backups: that is said first, with what to do.
  await expect(page.getByRole('status').filter({ hasText: '项需要' })).toBeVisible()
  const lines = page.locator('.operations-checks tbody tr')
  await expect(lines).toHaveCount(10)
  await expect(lines.first()).toContainText('备份')
  await expect(lines.first()).toContainText('还没有备份。请设置 SHOUWANG_BACKUP_DIR')
  await expect(lines.filter({ hasText: '审计封存' })).toContainText(/全部已封存|等候封存/)
  await expect(lines.filter({ hasText: '磁盘' })).toContainText(/还剩 \d/)
  await expectAccessible(page)
  await page.screenshot({ path: 'test-results/operations-wide.png', fullPage: true })
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await expectAccessible(page)
  await page.screenshot({ path: 'test-results/operations-narrow.png', fullPage: true })
  await page.evaluate(() => localStorage.setItem('shouwang.language', 'en-US'))
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.reload()
  await expect(lines.first()).toContainText('there is no backup yet')
  await page.screenshot({ path: 'test-results/operations-english.png', fullPage: true })
  await page.evaluate(() => localStorage.setItem('shouwang.language', 'zh-CN'))
  await page.reload()
  await signOut(page)

  await signIn(page, 'anquan')
  await expect(page.getByRole('link', { name: '运行状况' })).toHaveCount(0)
})
