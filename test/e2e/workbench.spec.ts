import { expect, type Page, test } from '@playwright/test'
import { officer } from './field-work.ts'
import { openAccount } from './newcomer.ts'
import { expectAccessible, signIn } from './pages.ts'

interface DueRow {
  household: { village: { code: number } }
  visitor: unknown
}

const figureOf = (page: Page, name: string) =>
  page.locator('.bench-figures').getByRole('link', { name: new RegExp(`^${name}`) })

async function countOn(page: Page, name: string): Promise<number> {
  return Number((await figureOf(page, name).locator('strong').innerText()).replaceAll(',', ''))
}

test('a township starts on what is due; each figure is the length of its list, each row leads to its page', async ({
  page,
}) => {
  await signIn(page, 'chengguan')
  await expect(page).toHaveURL(/\/workbench$/)
  await expect(page.getByRole('heading', { level: 1, name: '工作台' })).toBeVisible()
  await expect(page.locator('.bench-figure[aria-current]')).toContainText('待我办理')
  const mine = await countOn(page, '待我办理')
  await expect(page.locator('.task-sum')).toContainText(`${mine} 件`)
  const overdue = await countOn(page, '已逾期')
  expect(overdue).toBeGreaterThan(0)
  await figureOf(page, '已逾期').click()
  await expect(page).toHaveURL(/group=overdue/)
  await expect(page.locator('.task-days [data-row]')).toHaveCount(overdue)
  await expect(page.locator('.task-day h2').first()).toHaveText(
    /^逾期 \d+ 个工作日 · 应于 2020-\d\d-\d\d 办结/,
  )
  const due = overdue + (await countOn(page, '今天到期'))
  await expect(page.locator('.nav-badge')).toContainText(`${due} 件已逾期或今天到期`)
  await expectAccessible(page)

  const soon = await countOn(page, '三个工作日内')
  await figureOf(page, '三个工作日内').click()
  await expect(page).toHaveURL(/group=soon/)
  await expect(page.locator('.bench-figure[aria-current]')).toContainText('三个工作日内')
  await expect(page.locator('.task-day h2').first()).toHaveText(/^还剩 \d 个工作日 · 2020-03-1\d/)
  await expect(page.locator('.task-days [data-row]')).toHaveCount(soon)

  await figureOf(page, '下级逾期上报').click()
  const late = page.locator('.task', { hasText: '承诺授权' })
  await expect(late).toContainText(/已上报 \d 级/)
  await expect(late).toContainText('村信息员')
  await late.getByRole('link', { name: /看办理情况/ }).click()
  await expect(page).toHaveURL(/\/cases\/[0-9a-f-]{36}/)
})

test('a visit the rhythm requires is planned from the bench and leaves its list', async ({
  page,
  playwright,
  baseURL,
}) => {
  // Somebody with an empty week, in a village whose households nobody has been sent to.
  const township = await officer(playwright, baseURL ?? '', 'chengguan')
  const { rows: due } = await township.get<{ rows: DueRow[] }>(`/api/visits/due?area=341221001000&size=50`)
  const village = due.find(({ visitor }) => visitor === null)?.household.village.code
  const newcomer = { username: `xinyuan-${Date.now()}`, name: '新到村信息员 演示', role: 'village' }

  await signIn(page, 'chengguan')
  const id = await openAccount(
    page,
    { playwright, baseURL },
    { ...newcomer, area: village ?? 0, password: 'Xiaoman-2020' },
  )
  const visits = await countOn(page, '走访到期')
  await figureOf(page, '走访到期').click()
  await expect(page).toHaveURL(/group=rhythm/)
  const rows = page.locator('.due-list tbody tr')
  await expect(rows).toHaveCount(Math.min(visits, 50))
  await rows.filter({ hasText: newcomer.name }).first().getByRole('checkbox').check()
  await expectAccessible(page)
  await page.getByRole('button', { name: /^安排 1 户/ }).click()
  await expect(page.getByText(/已安排 1 户/)).toBeVisible()
  await expect(rows).toHaveCount(Math.min(visits - 1, 50))
  await expect(figureOf(page, '走访到期').locator('strong')).toHaveText(String(visits - 1))
  await township.post(`/api/accounts/${id}/suspend`, { reason: '演示结束' })
  await township.close()
})

test('the bench works by keyboard', async ({ page }) => {
  await signIn(page, 'chengguan')
  await expect(page.locator('.task').first()).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: '快捷键' })).toContainText('换分组')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await page.keyboard.press('4')
  await expect(page).toHaveURL(/group=soon/)
  await page.keyboard.press('2')
  await expect(page).toHaveURL(/group=overdue/)
  await expect(page.locator('.task-day .late').first()).toBeVisible()
  await page.locator('h1').click()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  await expect(page.locator('.task.active')).toHaveCount(1)
  await expect(page.locator('.task').first()).toHaveClass(/active/)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/(clues|visits|cases)\/[0-9a-f-]{36}/)
})

test('the ladder opens from area to area, and every figure to what it counts', async ({ page }) => {
  await signIn(page, 'linquan')
  await page.getByRole('link', { name: '逾期阶梯' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '逾期阶梯' })).toBeVisible()
  await expectAccessible(page)
  const figure = page.locator('.ladder tbody td[data-label="5–9 个工作日"] a').first()
  const count = Number(await figure.innerText())
  await figure.click()
  await expect(page.locator('#ladder-list')).toBeFocused()
  await expect(page.locator('#ladder-list')).toContainText(`${count} 件`)
  await expect(page.locator('.ladder-list .task')).toHaveCount(Math.min(count, 50))
  await expectAccessible(page)
  await page.getByRole('button', { name: '收起清单' }).click()
  await expect(page.locator('.ladder-list')).toHaveCount(0)

  await page.locator('.ladder tbody th a', { hasText: '城关街道' }).click()
  await expect(page.locator('.crumbs [aria-current=page]')).toHaveText('城关街道')
  await expect(page.getByRole('heading', { name: '谁手上有快到期的事' })).toBeVisible()
  await expect(page.locator('.persons tbody tr').first()).toContainText(/村信息员|乡镇扶贫专干/)
})

test('on a telephone and in English it is the same bench, and an empty group says what would fill it', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await signIn(page, 'chengguan-cun')
  await page.getByRole('button', { name: /English/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Workbench' })).toBeVisible()
  // Which of them is first depends on what was done before.
  const act = /Hand out|Send somebody|Do the step|Plan a measure|Report|Decide/
  await expect(page.locator('.task', { hasText: act }).first()).toBeVisible()
  await expect(page.locator('.task', { hasNotText: act })).toHaveCount(0)
  for (const path of [
    '/workbench',
    '/workbench?group=soon',
    '/workbench?group=waiting',
    '/workbench/ladder',
  ]) {
    await page.goto(path)
    await expect(page.locator('.task, .ladder, .state-box').first()).toBeVisible()
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect([path, overflow <= 0]).toEqual([path, true])
    await expectAccessible(page)
  }
  await signOutTo(page, 'chengguan-bangfu')
  await page.goto('/workbench?group=overdue')
  await expect(page.getByRole('heading', { name: 'Nothing is overdue' })).toBeVisible()
  await expectAccessible(page)
})

async function signOutTo(page: Page, username: string) {
  await page.context().clearCookies()
  await signIn(page, username)
}
