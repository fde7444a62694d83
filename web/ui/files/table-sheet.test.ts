import { read, utils } from '@e965/xlsx'
import { expect, it } from 'vitest'
import { sheetOfTable } from './table-sheet.ts'
import { workbookOf } from './workbook.ts'

it('a table of the page becomes a workbook with figures, shares and days as what they are', async () => {
  const table = {
    heads: ['地区', '在办线索', '每百户', '监测占比', '数据到'],
    rows: [
      ['城关街道', '1,284', '2.5', '2.4%', '2020-03-08'],
      ['杨桥镇', '56', '0.3', '–', '2020-03-01'],
      ['=1+1', '–', '1.0', '0.1%', '2020-02-29'],
    ],
  }
  const file = await workbookOf(sheetOfTable(table, '风险表', ['共 3 行', '王经办导出']))
  const book = read(await file.arrayBuffer())
  expect(book.SheetNames).toEqual(['风险表'])
  const cells = book.Sheets.风险表 ?? {}
  expect(
    utils.sheet_to_json<unknown[]>(cells, { header: 1, defval: null }).map((row) => row.slice(0, 4)),
  ).toEqual([
    ['风险表', null, null, null],
    table.heads.slice(0, 4),
    ['城关街道', 1284, 2.5, 0.024],
    ['杨桥镇', 56, 0.3, null],
    ['=1+1', null, 1, 0.001],
    ['共 3 行', null, null, null],
    ['王经办导出', null, null, null],
  ])
  expect(cells.A5?.f).toBeUndefined()
  expect(cells.E3?.w).toBe('2020-03-08')
})
