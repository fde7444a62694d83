import { expect, test } from '@playwright/test'
import iconv from 'iconv-lite'
import { expectAccessible, signIn } from './pages.ts'
import { writeNewBills } from './settlements.ts'

test('amounts in 万元 and a column nobody knows: shown, asked about, told in the summary', async ({
  page,
}) => {
  const [header = '', ...rows] = iconv
    .decode(await writeNewBills(3, 0), 'gb18030')
    .trim()
    .split('\r\n')
  // Without the mark of refunds, which the bills leave empty.
  const columns = header.split(',').slice(0, 17).join(',')
  const inWan = rows.map((row, i) => {
    const cells = row.replaceAll('"', '').replaceAll('=', '').split(',')
    const amounts = cells.slice(8).map((yuan) => String(Number(yuan) / 10_000))
    return [...cells.slice(0, 2), `WAN${i}`, ...cells.slice(3, 8), ...amounts, '800'].join(',')
  })
  const lines = ['某局医疗费结算表', '金额单位：万元', `${columns},护理服务费`, ...inWan, '合计,,,,,,,,27']
  const file = (text: string) => ({
    name: '结算.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`\ufeff${text}`),
  })

  await signIn(page, 'linquan')
  await page.goto('/intake')
  await page.locator('input[type=file]').setInputFiles(file(`${lines.join('\r\n')}\r\n`))
  const amounts = page.getByRole('table', { name: '金额的单位和大小' })
  const paid = amounts.getByRole('row', { name: /个人自付/ })
  await expect(paid).toContainText('万元')
  await expect(paid).toContainText('50,000.00 元')
  await expect(page.getByText('A2 格写着“金额单位：万元”。')).toBeVisible()
  await expect(page.getByText('合计 1 行')).toBeVisible()
  const start = page.getByRole('button', { name: '开始比对' })
  await expect(start).toBeDisabled()
  await expectAccessible(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await expectAccessible(page)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('checkbox', { name: '“护理服务费”用不上' }).check()
  await start.click()
  await expect(page.getByRole('heading', { name: '文件是怎样读的' })).toBeVisible({ timeout: 300_000 })
  await expect(paid).toContainText('50,000.00 元')
  await expect(page.getByRole('listitem').filter({ hasText: '护理服务费' })).toBeVisible()
  await expectAccessible(page)

  await page.goto('/intake')
  await page
    .locator('input[type=file]')
    .setInputFiles(
      file(
        `${['金额单位：美元', columns, ...inWan.map((line) => line.replace(/,800$/, ''))].join('\r\n')}\r\n`,
      ),
    )
  await expect(page.getByText('A1 写着“金额单位：美元”，是外币。')).toBeVisible()
  await expect(start).toBeDisabled()
})

test('a refund whose bill nobody knows is named on its batch and in the list', async ({ page }) => {
  const [header = '', row = ''] = iconv
    .decode(await writeNewBills(3, 0), 'gb18030')
    .trim()
    .split('\r\n')
  const columns = header.split(',').slice(0, 17).join(',')
  const cells = row.replaceAll('"', '').replaceAll('=', '').split(',').slice(0, 17)
  const back = cells
    // Of an amount that no bill of the person has, else it would mirror that one.
    .map((cell, i) => (i === 2 ? '无主退费1' : i >= 8 ? String(-Number(cell) / 16) : cell))
    .join(',')
  const buffer = Buffer.from(`\ufeff${columns}\r\n${back}\r\n`)
  await signIn(page, 'linquan')
  await page.goto('/intake')
  await page.locator('input[type=file]').setInputFiles({ name: '退费.csv', mimeType: 'text/csv', buffer })
  await page.getByRole('button', { name: '开始比对' }).click()
  const line = page.getByText('有 1 笔退费找不到原来的结算（第 2 行）')
  await expect(line).toBeVisible({ timeout: 300_000 })
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 })
    await expectAccessible(page)
    await page.screenshot({ path: `test-results/waiting-refund-${width}.png`, fullPage: true })
  }
  await page.goto('/intake')
  await expect(page.getByRole('row', { name: /退费\.csv/ })).toContainText('退费待对应 1')
  await page.screenshot({ path: 'test-results/waiting-refund-list.png', fullPage: true })
})
