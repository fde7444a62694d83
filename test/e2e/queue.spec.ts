import { expect, type Page, test } from '@playwright/test'
import { officer } from './field-work.ts'
import { expectAccessible, signIn } from './pages.ts'

const list = '/clues?state=new&sort=opened'
interface Clues {
  rows: { id: string; household: { headName: string } }[]
}
type Officer = Awaited<ReturnType<typeof officer>>

/** The next clue of the list is open, and the one before lies with somebody. */
async function opened(page: Page, id: string) {
  await expect(page).toHaveURL(new RegExp(`/clues/${id}`))
  await expect(page.getByRole('button', { name: /派出并看下一条/ })).toBeEnabled()
  await expect(page.locator(`.clue-table tr.open[id="row-${id}"]`)).toHaveCount(1)
}

/** Whatever the test handed on lies where it lay, for the tests that follow. */
const putBack = (county: Officer, ids: readonly string[]) =>
  county.post('/api/clues/withdraw', { ids, reason: '演练结束' })

/** The demonstration's county has handed on most of what it had: enough of it comes back, nothing that is overdue. */
async function recallSome(county: Officer, n: number) {
  const there = (await next(county, n)).length
  if (there >= n) return
  const { rows } = await county.get<Clues>(
    `/api/clues?state[]=dispatched&overdue=false&sort=opened&size=${n}`,
  )
  await county.post('/api/clues/recall', { ids: rows.map(({ id }) => id), reason: '演练' })
}

const next = async (county: Officer, n: number) =>
  (await county.get<Clues>(`/api/clues?state[]=new&sort=opened&size=${n}`)).rows

test('twenty clues are handed on in under sixty clicks, in the order of the list, none skipped', async ({
  page,
  playwright,
  baseURL,
}) => {
  const county = await officer(playwright, baseURL ?? '', 'linquan')
  await recallSome(county, 21)
  const rows = await next(county, 21)
  expect(rows).toHaveLength(21)
  await signIn(page, 'linquan')
  await page.goto(list)
  let clicks = 1
  await page.locator('.clue-table tbody th a').first().click()
  for (const [i, { id, household }] of rows.slice(0, 20).entries()) {
    await opened(page, id)
    // Household, place and person are named before.
    await expect(page.locator('.hand-on')).toContainText(`${household.headName}家，派给`)
    if (i === 0) await expectAccessible(page)
    await page.getByRole('button', { name: /派出并看下一条/ }).click()
    clicks += 1
    await expect(page.getByText(new RegExp(`${household.headName}家已派给.+，截止 2020-`))).toBeVisible()
  }
  await opened(page, rows[20]?.id ?? '')
  expect(clicks).toBeLessThan(60)
  const handed = rows.slice(0, 20).map(({ id }) => id)
  for (const id of handed)
    expect((await county.get<{ state: string }>(`/api/clues/${id}`)).state).toBe('dispatched')
  await putBack(county, handed)
  await county.close()
})

test('by keys alone: twenty handed on, the last undone, closed where it was opened', async ({
  page,
  playwright,
  baseURL,
}) => {
  const county = await officer(playwright, baseURL ?? '', 'linquan')
  await recallSome(county, 21)
  const rows = await next(county, 21)
  await signIn(page, 'linquan')
  await page.goto(list)
  await expect(page.locator('.clue-table tbody tr').first()).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  for (const { id } of rows.slice(0, 20)) {
    await opened(page, id)
    await page.keyboard.press('d')
  }
  const last = rows[20]?.id ?? ''
  await opened(page, last)
  await expect(page.locator('.story')).toBeFocused()
  // Back through the queue, and forward again.
  await page.keyboard.press('k')
  await expect(page).toHaveURL(new RegExp(`/clues/${rows[19]?.id}`))
  await page.keyboard.press('j')
  await opened(page, last)
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/\/clues\?state=new/)
  await expect(page.locator(`[id="row-${last}"] th a`)).toBeFocused()
  await putBack(
    county,
    rows.slice(0, 20).map(({ id }) => id),
  )
  await county.close()
})

test('what was handed on by mistake is undone at once, and what cannot be reached is tried again', async ({
  page,
  playwright,
  baseURL,
}) => {
  const county = await officer(playwright, baseURL ?? '', 'linquan')
  await recallSome(county, 2)
  const [first, second] = await next(county, 2)
  await signIn(page, 'linquan')
  await page.goto(list)
  await page.locator('.clue-table tbody th a').first().click()
  await opened(page, first?.id ?? '')
  await page.route('**/api/clues/dispatch', (route) => route.abort('connectionfailed'))
  await page.getByRole('button', { name: /派出并看下一条/ }).click()
  await expect(page.locator('.hand-on').getByRole('alert')).toContainText('连不上服务器')
  await page.unroute('**/api/clues/dispatch')
  await page.locator('.hand-on').getByRole('button', { name: '重试' }).click()
  await opened(page, second?.id ?? '')
  await page.getByRole('button', { name: '撤销', exact: true }).click()
  await expect(page.getByText('已撤销派发 1 条')).toBeVisible()
  const { state } = await county.get<{ state: string }>(`/api/clues/${first?.id}`)
  expect(state).toBe('new')
  await county.close()
})

test('on a telephone, and from the bench, it is handed on in place', async ({
  page,
  playwright,
  baseURL,
}) => {
  const county = await officer(playwright, baseURL ?? '', 'linquan')
  await page.setViewportSize({ width: 390, height: 844 })
  await signIn(page, 'linquan')
  await page.goto('/workbench?kind=dispatch')
  const row = page.locator('.task').first()
  await expect(row.locator('.task-why').first()).toBeVisible()
  await expectAccessible(page)
  await row.getByRole('button', { name: /去派发/ }).click()
  const modal = page.getByRole('dialog')
  await expect(modal.locator('.effect')).toContainText(/派给.+将向/)
  const sent = page.waitForRequest(
    (request) => /clues\/dispatch/.test(request.url()) && !/"dryRun":true/.test(request.postData() ?? ''),
  )
  await modal.getByRole('button', { name: /派发 \d/ }).click()
  const { ids } = (await sent).postDataJSON() as { ids: string[] }
  await expect(modal).toBeHidden()
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  await putBack(county, ids)
  await county.close()
})
