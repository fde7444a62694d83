import { readFileSync } from 'node:fs'
import { read, utils } from '@e965/xlsx'
import { expect, test } from '@playwright/test'
import { countOf, expectAccessible, signIn, signOut } from './pages.ts'

test('a long list is taken away only when a second person agrees, and names who took it', async ({
  page,
}) => {
  await signIn(page, 'linquan')
  await page.goto('/households')
  await expect(page.locator('.record-list')).toBeVisible()
  const rows = await countOf(page)
  expect(rows).toBeGreaterThan(200)
  await page.getByRole('button', { name: '导出' }).click()
  await page.getByRole('menuitem', { name: '导出 CSV' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /导\s?出/ }).click()
  await expect(dialog).toContainText('请写明用途')
  await dialog.getByLabel('用途').fill('全县入户核实')
  await dialog.getByRole('button', { name: /导\s?出/ }).click()
  await expect(dialog).toContainText('须第二人同意')
  await dialog.getByRole('link', { name: '去导出登记' }).click()
  const own = page.locator('.record-list tbody tr').first()
  await expect(own).toContainText('等第二人同意')
  await expect(own.getByRole('button', { name: '同意' })).toHaveCount(0)
  const number = (await own.locator('th').innerText()).split(/\s/)[0] ?? ''
  await signOut(page)

  await signIn(page, 'linquan-shenhe')
  await page.goto('/exports')
  await expect(page.getByRole('heading', { name: /等您同意/ })).toBeVisible()
  await expectAccessible(page)
  await page
    .locator('tr', { hasText: number })
    .first()
    .getByRole('button', { name: /^同\s?意$/ })
    .click()
  await expect(page.locator('tr', { hasText: number }).first()).toContainText('可下载')
  await expect(
    page.locator('tr', { hasText: number }).first().getByRole('link', { name: 'CSV' }),
  ).toHaveCount(0)
  await signOut(page)

  await signIn(page, 'linquan')
  await page.goto('/exports')
  const download = page.waitForEvent('download')
  await page.locator('tr', { hasText: number }).first().getByRole('link', { name: 'CSV' }).click()
  const file = await download
  expect(file.suggestedFilename()).toContain(number)
  await expect(page.locator('tr', { hasText: number }).first()).toContainText('已下载 1 次')
  const content = readFileSync(await file.path(), 'utf8')
    .trimEnd()
    .split('\r\n')
  expect(content).toHaveLength(rows + 2)
  expect(content.at(-1)).toMatch(new RegExp(`导出编号 ${number}.*linquan.*用途：全县入户核实`))
  expect(content[5]).toMatch(/[\u200b-\u200d\u2060]{20}/)
  expect(content.slice(1, -1).some((line) => /(^|,)"?[=+\-@]/.test(line))).toBe(false)
})

test('a short list is fetched at once', async ({ page }) => {
  await signIn(page, 'chengguan')
  await page.goto('/clues')
  await page.getByRole('button', { name: '导出' }).click()
  await page.getByRole('menuitem', { name: '导出 CSV' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('用途').fill('街道入户')
  await dialog.getByRole('button', { name: /导\s?出/ }).click()
  const download = page.waitForEvent('download')
  await dialog.getByRole('link', { name: /下\s?载/ }).click()
  expect((await download).suggestedFilename()).toMatch(/^线索-2020-03-10-E\d{6,}-\d\.csv$/)
})

test('the same list leaves as a workbook, and on paper with its head on every sheet', async ({
  page,
  context,
}) => {
  await signIn(page, 'chengguan')
  await page.goto('/clues')
  const rows = await countOf(page)
  const dialog = page.getByRole('dialog')
  const request = async (form: string) => {
    await page.getByRole('button', { name: '导出' }).click()
    await page.getByRole('menuitem', { name: form }).click()
    await dialog.getByLabel('用途').fill('街道入户')
    await dialog.getByRole('button', { name: /导\s?出/ }).click()
  }
  await request('导出 Excel')
  const download = page.waitForEvent('download')
  await dialog.getByRole('link', { name: /下\s?载/ }).click()
  const book = read(readFileSync(await (await download).path()))
  const lines = utils.sheet_to_json<string[]>(book.Sheets[book.SheetNames[0] ?? ''] ?? {}, { header: 1 })
  expect(lines[1]?.slice(0, 6)).toEqual(['户编号', '行政区划代码', '县', '乡镇', '村', '户主姓名'])
  expect(lines.at(-2)?.[0]).toMatch(new RegExp(`^共 ${rows} 行，涉及 \\d+ 户`))
  expect(lines).toHaveLength(rows + 4)

  await page.goto('/clues')
  await request('打印')
  const opened = context.waitForEvent('page')
  await dialog.getByRole('link', { name: '打开并打印' }).click()
  const paper = await opened
  await expect(paper.locator('tbody tr')).toHaveCount(rows)
  expect(
    await paper
      .locator('th')
      .first()
      .evaluate((head) => getComputedStyle(head).fontWeight),
  ).toBe('600')
  await paper.close()
})

test('whoever needs to read on beyond the day’s measure asks, and somebody else agrees in the register', async ({
  page,
}) => {
  const purpose = `年度核查 ${Date.now()}`
  await signIn(page, 'linquan')
  await page.goto('/exports')
  await page.getByRole('button', { name: '申请继续查看' }).click()
  const dialog = page.getByRole('dialog', { name: '申请继续查看' })
  await dialog.getByRole('button', { name: '提交申请' }).click()
  await expect(dialog).toContainText('请写明用途')
  await expectAccessible(page)
  await dialog.getByLabel('用途').fill(purpose)
  await dialog.getByRole('button', { name: '提交申请' }).click()
  const own = page.locator('tr', { hasText: purpose }).first()
  await expect(own).toContainText('继续查看')
  await expect(own).toContainText('等第二人同意')
  await signOut(page)

  await signIn(page, 'linquan-shenhe')
  await page.goto('/exports')
  const waiting = page.locator('tr', { hasText: purpose }).first()
  await waiting.getByRole('button', { name: /^同\s?意$/ }).click()
  await expect(waiting).toContainText('临泉县扶贫办审核 演示 同意')
  await expect(waiting.getByRole('button')).toHaveCount(0)
  await expect(waiting.getByRole('link', { name: '下载' })).toHaveCount(0)
})
