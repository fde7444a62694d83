import { read, utils, write } from '@e965/xlsx'
import { describe, expect, it } from 'vitest'
import { fillWorkbook } from './fill-workbook.ts'

/** By SheetJS, as an office would have it: a title over merged cells, a row of names, a sum, a signature. */
function officeForm(cell = '{rows.red}'): Buffer {
  const sheet = utils.aoa_to_sheet([
    ['{area}风险情况表', null, null],
    ['地区', '红色', '橙色'],
    ['{rows.name}', cell, '{rows.orange}'],
    ['合计', '{total.red}', '{total.orange}'],
    ['报出日期：{day}', null, null],
  ])
  sheet['!merges'] = ['A1:C1', 'A5:C5'].map((ref) => utils.decode_range(ref))
  sheet['!cols'] = [{ wch: 30 }, { wch: 9 }, { wch: 9 }]
  const book = utils.book_new()
  utils.book_append_sheet(book, sheet, '表')
  return write(book, { type: 'buffer', bookType: 'xlsx', bookSST: true })
}

const fields = {
  values: { area: '临泉县', day: '2020年3月10日', 'total.red': 3, 'total.orange': 12 },
  rows: [
    { name: '城关街道', red: 1, orange: 5 },
    { name: '杨桥镇', red: 2, orange: 7 },
    { name: '=1+1 & <宋集>', red: 0, orange: 0 },
  ],
}

describe('an office’s own workbook', () => {
  it('is filled: the row of a list stands once for each, figures are numbers, what lies below moves down', () => {
    const book = read(fillWorkbook('表.xlsx', officeForm(), fields), { cellStyles: true })
    const sheet = book.Sheets.表 ?? {}
    expect(utils.sheet_to_json(sheet, { header: 1, defval: null })).toEqual([
      ['临泉县风险情况表', null, null],
      ['地区', '红色', '橙色'],
      ['城关街道', 1, 5],
      ['杨桥镇', 2, 7],
      ['=1+1 & <宋集>', 0, 0],
      ['合计', 3, 12],
      ['报出日期：2020年3月10日', null, null],
    ])
    expect(sheet['!merges']?.map((range) => utils.encode_range(range))).toEqual(['A1:C1', 'A7:C7'])
    expect(sheet['!cols']?.[0]?.wch).toBeCloseTo(30, 0)
    expect(sheet.A5?.f).toBeUndefined()
  })

  it('with a name nobody knows is refused, and what is no workbook too', () => {
    expect(() => fillWorkbook('表.xlsx', officeForm('{rows.blue}'), fields)).toThrow(
      expect.objectContaining({ code: 'template-broken' }),
    )
    expect(() => fillWorkbook('表.xlsx', Buffer.from('no'), fields)).toThrow(
      expect.objectContaining({ code: 'template-broken' }),
    )
  })
})
