import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { countOf, expectAccessible, signIn } from './pages.ts'
import { writeNewBills } from './settlements.ts'

test('a GBK file dropped in becomes new clues; its rejects come back; the same file again changes nothing', async ({
  page,
}) => {
  await signIn(page, 'linquan')
  await page.goto('/clues?rule=R02')
  await expect(page.getByRole('heading', { name: '预警清单' })).toBeVisible()
  const before = await countOf(page)
  const file = { name: '医保局-三月补报.csv', mimeType: 'text/csv', buffer: await writeNewBills(40, 4) }

  await page.getByRole('link', { name: '数据比对' }).click()
  await page.locator('input[type=file]').setInputFiles(file)
  await expect(page.getByText('GBK / GB18030').first()).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: '开始比对' }).click()
  const opened = page.getByText(/新增线索 \d+ 条/)
  await expect(opened).toBeVisible({ timeout: 300_000 })
  await expect(page.getByText('校验位不符').first()).toBeVisible()
  await expectAccessible(page)

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: /下载退回的行/ }).click()
  const rejects = readFileSync(await (await download).path(), 'utf8')
    .trim()
    .split('\n')
  expect(rejects.length).toBeGreaterThanOrEqual(5)
  expect(rejects.filter((row) => row.includes('3412211900010110'))).toHaveLength(4)
  expect(rejects.at(-1)).toContain('校验位不符')

  await page.goto('/clues?rule=R02')
  await expect.poll(() => countOf(page)).toBeGreaterThanOrEqual(before + 10)

  await page.goto('/intake')
  await page.locator('input[type=file]').setInputFiles(file)
  await expect(page.getByText('这个文件以前来过')).toBeVisible()
})

test('a file that is no table is refused with what to do', async ({ page }) => {
  await signIn(page, 'yibao')
  await page.locator('input[type=file]').setInputFiles({
    name: '照片.xlsx',
    mimeType: 'image/png',
    buffer: Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'),
  })
  await expect(page.getByRole('alert').first()).toBeVisible()
  await expectAccessible(page)
})

test('the policy names every figure’s article and whether it was verified', async ({ page }) => {
  await signIn(page, 'linquan')
  await page.goto('/policy')
  await expect(page.locator('#R01')).toContainText('5,000 元')
  await expect(page.getByText('未核实').first()).toBeVisible()
  await expectAccessible(page)
  const link = page.locator('#R01').getByRole('link', { name: /现有/ })
  const hits = Number((await link.innerText()).replace(/\D/g, ''))
  expect(hits).toBeGreaterThan(0)
})
