import { expect, test } from '@playwright/test'
import { expectAccessible, signIn, signOut } from './pages.ts'

test('a household reads its record, has a mistake corrected by two people, and withdraws its word', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await signIn(page, 'chengguan-nonghu')
  await expect(page.getByRole('heading', { level: 1, name: '我家的档案' })).toBeVisible()
  await expect(page.locator('.own-record')).not.toContainText(/(?<!\d)\d{6}(19|20)\d{9}[\dX](?!\d)/)
  await expectAccessible(page)
  await page.locator('summary', { hasText: '认定的类别' }).click()
  await expect(page.locator('section', { hasText: '为您家办过的事' }).first()).toContainText(
    /未监测|监测中|已消除/,
  )
  await page.locator('summary', { hasText: '农户基本信息' }).click()
  await page.getByRole('button', { name: '这里不对' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '提出更正' }).click()
  await expect(dialog).toContainText('应该是什么')
  await dialog.getByLabel('应该是').fill('家里五口人')
  await dialog.getByRole('button', { name: '提出更正' }).click()
  await expect(page.locator('.own-correction').first()).toContainText('等待处理')
  await expect(dialog).toBeHidden()

  const bank = page.getByRole('switch', { name: '银行存款' })
  await bank.click()
  await dialog.getByRole('button', { name: '我同意' }).click()
  await expect(bank).toBeChecked()
  await expect(dialog).toBeHidden()
  await bank.click()
  await expect(dialog).toContainText('不再比对')
  await dialog.getByRole('button', { name: /撤\s?回/ }).click()
  await expect(bank).not.toBeChecked()
  await signOut(page)

  await page.setViewportSize({ width: 1280, height: 900 })
  await signIn(page, 'chengguan')
  await page.goto('/corrections')
  await page.locator('.record-list tbody a').first().click()
  // The answer is begun before a slow server has said who has it.
  const begun = Promise.withResolvers<void>()
  await page.route('**/api/corrections/*/assign*', async (route) => {
    await begun.promise
    await route.continue()
  })
  const taken = page.waitForResponse(/\/api\/corrections\/[^/]+\/assign/)
  await page.getByRole('button', { name: '我来办' }).click()
  await page.getByRole('button', { name: '提出处理意见' }).click()
  const answer = page.getByRole('dialog', { name: /处理意见/ })
  await answer.getByLabel('说明').fill('户口簿上确为五人')
  begun.resolve()
  await taken
  await expect(page.locator('.record-pairs')).toContainText('城关街道扶贫专干')
  await answer.getByLabel('说明').fill('户口簿上确为五人，已转扶贫办下次报送时更正')
  await answer.getByRole('button', { name: '提出处理意见' }).click()
  await expect(page.getByText('须由另一人确认')).toBeVisible()
  await expectAccessible(page)
  await page.goto('/corrections')
  await signOut(page)

  await signIn(page, 'linquan-shenhe')
  await page.goto('/corrections')
  await page.locator('.record-list tbody tr', { hasText: '有了处理意见' }).first().getByRole('link').click()
  await page.getByRole('button', { name: /^确\s?认$/ }).click()
  await expect(page.getByRole('dialog')).toContainText('已转部门')
  await page.goto('/corrections')
  await signOut(page)

  await signIn(page, 'chengguan-nonghu')
  await expect(page.locator('.own-correction').first()).toContainText('已转部门')
  await expect(page.locator('.own-correction').first()).toContainText('户口簿上确为五人')
})
