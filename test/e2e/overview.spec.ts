import { expect, test } from '@playwright/test'
import { countOf, expectAccessible, signIn } from './pages.ts'

test('a county officer sees who is at risk, and every figure opens to its list', async ({ page }) => {
  await signIn(page, 'linquan')
  await page.goto('/overview')
  await expect(page.getByRole('heading', { name: '一张图' })).toBeVisible()
  await expect(page.locator('svg.map-svg a.county')).toHaveCount(1)

  const figures = page.locator('a.figure')
  await expect(figures).toHaveCount(4)
  const open = Number((await figures.first().locator('strong').innerText()).replaceAll(',', ''))
  expect(open).toBeGreaterThanOrEqual(100)
  await expect(page.locator('.causes li').nth(5)).toBeVisible()
  await expectAccessible(page)

  await figures.first().click()
  await expect(page.getByRole('heading', { name: '预警清单' })).toBeVisible()
  await expect.poll(() => countOf(page)).toBe(open)

  await page.goBack()
  const cause = page.locator('.causes li').first()
  const counted = Number((await cause.locator('a.number').innerText()).replaceAll(',', ''))
  await cause.locator('a.number').click()
  await expect(page).toHaveURL(/cause=/)
  await expect.poll(() => countOf(page)).toBe(counted)
})

test('the province is drawn county by county and opens down to the village', async ({ page }) => {
  await signIn(page, 'anhui')
  await expect(page.locator('svg.map-svg a.county')).toHaveCount(104)
  await expect(page.locator('.zones li')).toHaveCount(15)
  await expectAccessible(page)

  await page.locator('a.county[aria-label^="临泉县"]').focus()
  await page.keyboard.press('Enter')
  await expect(page.locator('.crumbs [aria-current=page]')).toHaveText('临泉县')
  await page.locator('.plain-table tbody th a').first().click()
  await expect(page.locator('.crumbs li')).toHaveCount(4)
  await page.locator('.plain-table tbody th a').first().click()
  await expect(page.getByRole('heading', { name: '预警清单' })).toBeVisible()
})

test('nobody sees what is not theirs', async ({ page }) => {
  await signIn(page, 'anhui')
  const province = await page.request.get('/api/clues?size=200&sort=opened')
  const rows: { id: string; household: { ref: string; county: { code: number } } }[] = (await province.json())
    .rows
  const foreign = rows.find(({ household }) => household.county.code !== 341221000000)
  expect(foreign).toBeDefined()

  await page.context().clearCookies()
  await signIn(page, 'linquan')
  for (const url of [`/api/clues/${foreign?.id}`, `/api/households/${foreign?.household.ref}`]) {
    expect((await page.request.get(url)).status()).toBe(404)
  }
  const own: typeof rows = (await (await page.request.get('/api/clues?size=200')).json()).rows
  expect(new Set(own.map(({ household }) => household.county.code))).toEqual(new Set([341221000000]))

  await page.context().clearCookies()
  await signIn(page, 'yibao')
  await expect(page.getByRole('heading', { name: '数据比对' })).toBeVisible()
  await expect(page.locator('.shell-nav .nav-item')).toHaveText(['数据比对', '政策规则', '导出登记'])
})

test('in English and on a telephone it is the same product', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await signIn(page, 'linquan')
  await page.getByRole('button', { name: /English/ }).click()
  await expect(page.getByRole('heading', { name: 'Workbench' })).toBeVisible()
  for (const name of ['Overview', 'Clues', 'Households', 'Comparison', 'Policy', 'Workbench']) {
    const menu = page.getByRole('navigation', { name: 'Menu' })
    // Those stand at the thumb, the others behind the last button.
    if (!/Workbench|Overview|Clues/.test(name)) await menu.getByRole('button', { name: 'More' }).click()
    await menu.getByRole('link', { name }).click()
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect([name, overflow <= 0]).toEqual([name, true])
    await expectAccessible(page)
  }
})
