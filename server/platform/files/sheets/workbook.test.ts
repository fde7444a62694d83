import { buffer } from 'node:stream/consumers'
import { read, utils } from '@e965/xlsx'
import { expect, it } from 'vitest'
import type { Sheet } from '#contract/sheets/sheet.ts'
import { workbookStream } from './workbook.ts'

const sheet: Sheet = {
  name: '线索/2020',
  title: '线索清单',
  columns: [
    { head: '户主', kind: 'text' },
    { head: '户编号', kind: 'digits' },
    { head: '人口', kind: 'int', summed: true },
    { head: '自付（元）', kind: 'money', summed: true },
    { head: '期限', kind: 'date' },
    { head: '时间', kind: 'datetime' },
    { head: '比例', kind: 'percent' },
  ],
  rows: [
    [
      ['=1+1', '3412210000000000001', 3, 1_234_050, '2020-03-10', '2020-03-09T23:30:00Z', 0.25],
      ['  空 格\u0001_x000D_\r\n', '000123', null, -5, '1899-01-01', null, 1],
    ],
  ],
  sumWord: '合计',
  foot: ({ rows, sums }) => [`共 ${rows} 行，${sums.get(2)} 人`],
}

it('is read by SheetJS as it was meant', async () => {
  const book = read(await buffer(workbookStream([sheet])), { cellStyles: true })
  expect(book.SheetNames).toEqual(['线索 2020'])
  const cells = book.Sheets['线索 2020']
  const rows = utils.sheet_to_json<unknown[]>(cells ?? {}, { header: 1, raw: true, defval: null })
  expect(rows).toEqual([
    ['线索清单', null, null, null, null, null, null],
    ['户主', '户编号', '人口', '自付（元）', '期限', '时间', '比例'],
    [
      '=1+1',
      '3412210000000000001',
      3,
      12340.5,
      new Date('2020-03-10T00:00:00Z'),
      new Date('2020-03-10T07:30:00Z'),
      0.25,
    ],
    ['  空 格\u0001_x000D_\n', '000123', null, -0.05, '1899-01-01', null, 1],
    ['合计', null, 3, 12340.45, null, null, null],
    ['共 2 行，3 人', null, null, null, null, null, null],
  ])
  expect(cells?.E3?.w).toBe('2020-03-10')
  expect(cells?.F3?.w).toBe('2020-03-10 07:30')
  expect(cells?.D3?.w).toBe('12,340.50')
  expect(cells?.G3?.w).toBe('25.0%')
  expect(cells?.A3?.f).toBeUndefined()
  expect(cells?.['!autofilter']?.ref).toBe('A2:G4')
})
