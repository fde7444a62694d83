import { expect, test } from '@playwright/test'
import { pinyin } from 'pinyin-pro'
import { countOf, expectAccessible, signIn } from './pages.ts'

test('a clue is found, read, dispatched with its effect stated, and taken back', async ({ page }) => {
  await signIn(page, 'linquan')
  // One that nobody has touched and that speaks of money, whatever other tests have brought in.
  await page.goto('/clues?rule=R01&state=new')
  const row = page
    .locator('.clue-table tbody tr')
    .filter({ has: page.locator('.why', { hasText: '元' }) })
    .first()
  const name = await row.locator('th a').innerText()
  const chosen = page.locator(`[id="${await row.getAttribute('id')}"] th a`)

  const initials = pinyin(name, { pattern: 'first', toneType: 'none', type: 'array', surname: 'head' }).join(
    '',
  )
  await page.keyboard.press('/')
  await page.keyboard.type(initials)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`q=${initials}`))
  await expect(chosen).toHaveText(name)

  await chosen.click()
  const story = page.locator('.story')
  await expect(story.getByRole('heading', { level: 1 })).toHaveText(name)
  await expect(story.locator('.story-sentence')).toContainText('元')
  await expect(story.locator('.evidence li').first()).toContainText(/《.+》第 \d+ 行/)
  await expect(story.getByText('怎样才算解除')).toBeVisible()
  await expect(page).toHaveURL(new RegExp(`/clues/[0-9a-f-]{36}\\?.*q=${initials}`))
  await expectAccessible(page)

  await story.getByRole('button', { name: '派发' }).click()
  const modal = page.getByRole('dialog')
  await expect(modal.locator('.effect')).toContainText(
    /将向 1 个乡镇派发 1 条线索（1 户），5 个工作日内办结，截止 2020-03-17/,
  )
  await modal.getByLabel('备注').fill('核实住院费用')
  await modal.getByRole('button', { name: /派发 1/ }).click()
  await expect(story.locator('.story-marks')).toContainText('已派发')
  await expect(story.locator('.timeline')).toContainText('核实住院费用')

  await story.getByRole('button', { name: '撤回' }).click()
  const recall = page.getByRole('dialog')
  await expect(recall.getByRole('button', { name: '撤回' })).toBeDisabled()
  await recall.getByRole('textbox').fill('派错了')
  await recall.getByRole('button', { name: '撤回' }).click()
  await expect(story.locator('.story-marks')).toContainText('待派发')
  await expect(story.locator('.timeline')).toContainText('派错了')
})

test('the list works by keyboard and keeps its filters in the address', async ({ page }) => {
  await signIn(page, 'linquan')
  await page.goto('/clues')
  await expect(page.locator('.clue-table tbody tr').first()).toBeVisible()
  const all = await countOf(page)
  let answer = () => {}
  const requested = new Promise<void>((resolve) => {
    answer = resolve
  })
  await page.route(/\/api\/clues\?.*level/, (route) => requested.then(() => route.continue()))
  await page.getByRole('button', { name: /^等级/ }).click()
  await page.getByRole('checkbox', { name: /红色/ }).check()
  await expect(page).toHaveURL(/level=red/)
  // The number of all is not that of the red ones.
  await expect(page.locator('.page-header .muted').first()).toBeHidden()
  answer()
  expect(await countOf(page)).toBeLessThan(all)
  await page.keyboard.press('Escape')
  await page.locator('h1').click()

  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await expect(page.locator('.clue-table tr.active')).toHaveCount(1)
  await page.keyboard.press('x')
  await expect(page.locator('.bulk-bar')).toContainText('已选 1 条')
  await page.keyboard.press('Enter')
  await expect(page.locator('.story')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/\/clues\?level=red/)
})

test('a household shows its members masked, its income against the line, its facts with their sources', async ({
  page,
}) => {
  await signIn(page, 'linquan')
  await page.goto('/clues?rule=R01')
  await page.locator('.clue-table tbody th a').first().click()
  await page.getByRole('link', { name: /看户档案/ }).click()
  await expect(page.getByRole('heading', { name: '家庭成员' })).toBeVisible()
  await expect(page.getByText(/341221\*{8}[\dX]{4}/).first()).toBeVisible()
  await expect(page.getByText(/人均纯收入 .* 元，.*监测线/)).toBeVisible()
  await expect(page.locator('.facts-table').first()).toContainText(/第 \d+ 行/)
  expect(await page.content()).not.toMatch(/341221\d{11}[\dX]\b(?!\d)/)
  await expectAccessible(page)
})
