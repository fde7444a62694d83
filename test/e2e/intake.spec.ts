import { readFileSync } from 'node:fs'
import { utils, write } from '@e965/xlsx'
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
  await page.getByRole('link', { name: /CSV$/ }).click()
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

test('a workbook of one sheet a township is read as one file; a hidden sheet is asked about, a row comes back by its sheet', async ({
  page,
}) => {
  const header = ['姓名', '证件号码', '结算单号', '就医类别', '结算日期', '医疗费总额', '个人自付']
  const bill = (number: string, day = '2020-03-01') => [
    '测试甲',
    '341221190001010019',
    number,
    '普通门诊',
    day,
    10,
    10,
  ]
  const book = utils.book_new()
  const sheets = { 城关镇: [bill('S1')], 杨桥镇: [bill('S2'), bill('S3', '前天')], 上月: [bill('S4')] }
  for (const [name, rows] of Object.entries(sheets))
    utils.book_append_sheet(book, utils.aoa_to_sheet([header, ...rows]), name)
  book.Workbook = { Sheets: book.SheetNames.map((name) => ({ name, Hidden: name === '上月' ? 1 : 0 })) }
  const buffer = write(book, { type: 'buffer', bookType: 'ods' }) as Buffer
  const hidden = write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer

  await signIn(page, 'linquan')
  await page.goto('/intake')
  // The library writes no hidden sheets into open documents: there all three are taken.
  for (const [name, bytes, read] of [
    ['各镇.ods', buffer, ['城关镇', '杨桥镇', '上月']],
    ['各镇.xlsx', hidden, ['城关镇', '杨桥镇']],
  ] as const) {
    await page.locator('input[type=file]').setInputFiles({ name, mimeType: '', buffer: bytes })
    await expect(page.getByRole('heading', { name: '一起读的工作表' })).toBeVisible()
    await expect(page.getByRole('checkbox', { name: '杨桥镇' })).toBeChecked()
    await expect(page.getByText(`将把“${read.join('、')}”作为`)).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: '开始比对' }).click()
    await expect(page.getByText(`读了 ${read.length} 张工作表：${read.join('、')}`)).toBeVisible({
      timeout: 300_000,
    })
    await expect(page.getByRole('rowheader', { name: '杨桥镇 3' })).toBeVisible()
    await page.goto('/intake')
  }
})
