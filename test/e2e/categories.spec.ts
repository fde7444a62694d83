import { expect, type Page, test } from '@playwright/test'
import { expectAccessible, signIn } from './pages.ts'

const number = (text: string | null) => Number((text ?? '').replaceAll(/[^\d]/g, ''))
const listed = async (page: Page) => {
  const note = page.locator('.page-header .muted')
  // The number of the rows before is not shown for those on their way.
  await expect(note).toContainText(/共 [\d,]+ 条/, { useInnerText: true })
  return number(/共 ([\d,]+) 条/.exec(await note.innerText())?.[1] ?? '')
}

test('who belongs where, what changed, and the households behind every figure', async ({ page }) => {
  await signIn(page, 'fuyang')
  await page.getByRole('navigation', { name: '菜单' }).getByRole('link', { name: '分类管理' }).click()
  await expect(page.getByRole('heading', { name: /^监测对象 [\d,]+ 户/ })).toBeVisible()
  await expectAccessible(page)

  const total = page.getByRole('row', { name: /^合计/ }).getByRole('link').nth(1)
  const stable = number(await total.textContent())
  await total.click()
  await expect(page).toHaveURL(/category=stable&risk=none/)
  expect(await listed(page)).toBe(stable)
  await expectAccessible(page)
  await page.getByRole('link', { name: /回到分类管理/ }).click()

  const red = page.getByRole('link', { name: /红色管理/ })
  const monitored = number(await red.locator('strong').textContent())
  await red.click()
  expect(await listed(page)).toBe(monitored)

  await page.goto('/categories?view=changes&from=2018-12-31')
  await expect(page.getByRole('heading', { name: /监测中的户由 \d+ 变为 \d+/ })).toBeVisible()
  await expectAccessible(page)
  const line = page.getByRole('row', { name: /脱贫不稳定户 · 监测中/ })
  await expect(line).toBeVisible()
  const cells = await line.getByRole('cell').allTextContents()
  const flow = (text = '') =>
    [...text.matchAll(/[+−]([\d,]+)/g)].reduce((sum, [, n]) => sum + number(n ?? ''), 0)
  expect(number(cells[0] ?? '') + flow(cells[1]) - flow(cells[2])).toBe(number(cells[3] ?? ''))
  const came = line.getByRole('cell').nth(1).getByRole('link').first()
  const count = number(await came.textContent())
  await came.click()
  expect(await listed(page)).toBe(count)

  await page.goto('/categories?view=changes&from=2020-03-10&to=2019-01-01')
  await expect(page.getByRole('alert')).toContainText('期初应早于期末')
})

test('who is due for a visit is listed county by county; in English and on a telephone it is the same', async ({
  page,
}) => {
  await signIn(page, 'linquan')
  await page.goto('/categories')
  await page.getByRole('link', { name: /看走访到期的户/ }).click()
  await expect(page.getByRole('table').getByRole('row').nth(1)).toBeVisible()
  await expectAccessible(page)
  await page.getByText(/^红色 \d+/).click()
  await expect(page).toHaveURL(/grade=red/)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('button', { name: /English/ }).click()
  for (const path of [
    '/visits/due',
    '/categories',
    '/categories?view=changes',
    '/categories/households?risk=open',
  ]) {
    await page.goto(path)
    await expect(page.getByRole('table').or(page.getByText('Nothing changed')).first()).toBeVisible()
    await expectAccessible(page)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    expect([path, wide]).toEqual([path, false])
  }
})
