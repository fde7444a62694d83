import { expect, test } from '@playwright/test'
import { expectAccessible, signIn } from './pages.ts'

const reason = /从来没有|太旧|迟到|还没有报送|还不知道|没有报恢复|不全|没有紧接|没有设定/

test('a figure nobody can vouch for says why, on the household’s page and in its clue, wide and narrow', async ({
  page,
}) => {
  await signIn(page, 'linquan')
  await page.goto('/clues')
  await page.locator('.clue-table tbody tr th a').first().click()
  const story = page.locator('.story')
  await expect(story.locator('.story-sentence')).not.toBeEmpty()
  for (const line of await story.locator('.cannot-judge li').allInnerTexts()) expect(line).toMatch(reason)
  await story.locator('a[href^="/households/"]').click()

  const figures = page.locator('#indicators .indicators > div')
  await expect(figures.first()).toBeVisible()
  const unknown = figures.filter({ hasText: '无法判定' })
  // In the demonstration some source is always late or silent about a household.
  await expect(unknown.first()).toBeVisible()
  for (const text of await unknown.allInnerTexts()) expect(text).toMatch(reason)
  await expectAccessible(page)

  await page.setViewportSize({ width: 390, height: 844 })
  await expect(unknown.first().locator('.why-unknown').first()).toBeVisible()
  const beyond = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(beyond).toBe(0)
})

test('the page of the policy names the provinces whose figures are samples', async ({ page }) => {
  await signIn(page, 'linquan')
  await page.goto('/policy?pack=national-2021')
  await expect(page.locator('.pack-samples')).toContainText('河南')
  const line = page.locator('.parameters tbody').filter({ hasText: '监测线' }).first()
  await expect(line).toContainText('外省样本')
  await expect(line).not.toContainText('已核实')
})
