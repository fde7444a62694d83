import { utils, write } from '@e965/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collect, openFileShelf } from '#test/harness/stored-files.ts'
import { zipped } from '#test/harness/zip-file.ts'
import { findHeader, findHeaderBlock, headersOf } from './header.ts'
import { inspectFile, readRows } from './index.ts'

let shelf: Awaited<ReturnType<typeof openFileShelf>>
beforeAll(async () => {
  shelf = await openFileShelf()
})
afterAll(() => shelf.close())

const inspect = async (bytes: Buffer, name: string) => inspectFile(await shelf.store(bytes), name)
const zipOf = async (name: string) => Buffer.concat(await collect(zipped([[name, ['x']]])))

/** A container of the old kind with one name in its directory, as Office keeps a workbook under a password or a document. */
function container(name: string) {
  const bytes = Buffer.alloc(2048)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes)
  bytes.writeUInt16LE(9, 30)
  bytes.writeUInt32LE(1, 48)
  bytes.write(name, 1024, 'utf16le')
  return bytes
}

describe('inspection', () => {
  it('answers what is no table with why', async () => {
    const cases: [Buffer, string, string | undefined, string | undefined][] = [
      [Buffer.from('%PDF-1.7 …'), 'not-a-table', 'pdf', undefined],
      [Buffer.from('89504e470d0a1a0a', 'hex'), 'not-a-table', 'image', undefined],
      [Buffer.from('<html><body>登录超时</body></html>'), 'not-a-table', 'html', undefined],
      [Buffer.from(Array.from({ length: 500 }, (_, i) => i % 7)), 'not-a-table', 'binary', undefined],
      [Buffer.from('Rar!\x1a\x07'), 'archive', 'rar', undefined],
      [await zipOf('a.csv'), 'archive', 'zip', undefined],
      [await zipOf('word/document.xml'), 'not-a-table', 'document', undefined],
      [await zipOf('xl/workbook.bin'), 'damaged', undefined, undefined],
      [await zipOf('OFD.xml'), 'not-a-table', 'ofd', undefined],
      [await zipOf('ppt/presentation.xml'), 'not-a-table', 'slides', undefined],
      [await zipOf('Index/Document.iwa'), 'unsupported', 'numbers', undefined],
      [Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1'), 'archive', '7z', undefined],
      [Buffer.from('TABLE\n0,1\n"EXCEL"\nVECTORS\n'), 'unsupported', 'dif', undefined],
      [Buffer.from('TABLE\r\n0,1\r\n"EXCEL"\r\n'), 'unsupported', 'dif', undefined],
      [Buffer.from('0000020006040600', 'hex'), 'unsupported', 'lotus', undefined],
      [Buffer.from('00001a0000100400', 'hex'), 'unsupported', 'lotus', undefined],
      [Buffer.from('ID;PWXL;N;E\r\nC;Y1;X1;K"姓名"\r\n'), 'unsupported', 'slk', undefined],
      [container('WordDocument'), 'not-a-table', 'document', undefined],
      [container('PowerPoint Document'), 'not-a-table', 'slides', undefined],
      [container('EncryptedPackage'), 'encrypted', undefined, undefined],
      [
        Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(3000, 1)]),
        'damaged',
        undefined,
        undefined,
      ],
      [Buffer.from('PK\x03\x04 cut short'), 'damaged', undefined, undefined],
    ]
    for (const [bytes, reason, looksLike] of cases) {
      const found = await inspect(bytes, '表.xlsx')
      expect(found).toMatchObject({ ok: false, code: 'file-unreadable', details: { reason } })
      if (looksLike) expect(found).toMatchObject({ details: { looksLike } })
    }
  })

  it('detects empty files and files without a header', async () => {
    const blank = write(
      { SheetNames: ['空'], Sheets: { 空: {} } },
      { type: 'buffer', bookType: 'xlsx' },
    ) as Buffer
    for (const bytes of [Buffer.alloc(0), Buffer.from('\ufeff\r\n \r\n'), blank]) {
      expect(await inspect(bytes, 'a.csv')).toMatchObject({ ok: false, code: 'file-empty' })
    }
    expect(await inspect(Buffer.from('1,2,3\n4,5,6\n'), 'a.csv')).toMatchObject({
      ok: false,
      code: 'header-not-found',
    })
  })

  it('reads by content what bears another name: csv and HTML tables saved as xls, xlsx named csv', async () => {
    const rows = [
      ['姓名', '证件号码'],
      ['张测试', '341221190001010019'],
    ]
    const book = utils.book_new()
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows), '表')
    const html = `<html><table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table></html>`
    const cases: [Buffer, string, string][] = [
      [Buffer.from(rows.map((row) => row.join('\t')).join('\n')), 'a.xls', 'csv'],
      [write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer, 'a.csv', 'xlsx'],
      [Buffer.from(html), 'a.xls', 'html'],
    ]
    for (const [bytes, name, format] of cases) {
      const file = await shelf.store(bytes)
      const found = await inspectFile(file, name)
      if (!found.ok) throw new Error(JSON.stringify(found))
      expect(found.format).toBe(format)
      const [batch] = await collect(readRows(file, { ...found, headerRow: found.sheets[0]?.headerRow ?? 0 }))
      expect([batch?.rows[0]?.[0], found.sheets[0]?.headers]).toEqual(['张测试', rows[0]])
    }
  })
})

describe('header row', () => {
  const numbered = (rows: string[][]) => rows.map((cells, i) => ({ rowNo: i + 1, cells }))
  const header = ['姓名', '证件号码', '备注']

  it.each([
    ['at the top', [header, ['张', '1', '无']]],
    ['below titles', [['某县统计表'], ['单位：元', '', '2020年3月'], header, ['张', '1', '']]],
    ['below a title over two cells', [['某县', '统计表'], header, ['张', '1', '无'], ['李', '2', '无']]],
    [
      'with a blank column',
      [
        ['姓名', '', '备注'],
        ['张', '1', ''],
      ],
    ],
  ])('%s', (_, rows) => expect(findHeader(numbered(rows))?.cells[0]).toBe('姓名'))

  it('is the one that feeds know', () => {
    const rows = numbered([['填报人', '审核人', '日期'], header, ['张', '1', '无']])
    expect(findHeader(rows, (text) => header.includes(text))?.rowNo).toBe(2)
  })

  const known = (header: string) =>
    ['姓名', '证件号码', '工资', '支出', '自付'].includes(header.split('›').at(-1)?.replace(/\(.*/, '') ?? '')
  const data = ['张', '341221190001010019', '1.86', '0.2']

  it.each<[string, string[][], string[], number]>([
    [
      'a group over columns, others merged down',
      [['姓名', '证件号码', '收支（万元）', ''], ['', '', '工资', '支出'], data],
      ['姓名', '证件号码', '收支（万元）›工资', '收支（万元）›支出'],
      2,
    ],
    [
      'a title, groups above leaves that are named in full',
      [['收支统计表'], ['', '', '收支（万元）', ''], ['姓名', '证件号码', '工资', '支出'], data],
      ['姓名', '证件号码', '收支（万元）›工资', '收支（万元）›支出'],
      3,
    ],
    [
      'a row of units',
      [['姓名', '证件号码', '工资', '支出'], ['', '', '万元', '元'], data],
      ['姓名', '证件号码', '工资(万元)', '支出(元)'],
      2,
    ],
    [
      'three rows, the first two merged down',
      [['姓名', '证件号码', '收支', ''], ['', '', '收入', '支出'], ['', '', '(元)', '(千元)'], data],
      ['姓名', '证件号码', '收支›收入(元)', '收支›支出(千元)'],
      3,
    ],
    [
      'two years of one name told apart by the row above',
      [['', '', '上年', '本年'], ['姓名', '证件号码', '工资', '工资'], data],
      ['姓名', '证件号码', '上年›工资', '本年›工资'],
      2,
    ],
    [
      'columns nobody knows below a group',
      [['姓名', '证件号码', '情况', ''], ['', '', '甲项', '乙项'], data],
      ['姓名', '证件号码', '情况›甲项', '情况›乙项'],
      2,
    ],
    [
      'the names once more below the captions',
      [
        ['甲', '乙', '丙', '丁'],
        ['姓名', '证件号码', '工资', '支出'],
        ['姓名', '证件号码', '工资', '自付'],
        data,
      ],
      ['姓名', '证件号码', '工资', '支出›自付'],
      3,
    ],
    [
      'texts repeated by merged cells',
      [['姓名', '证件号码', '收支', '收支'], ['姓名', '证件号码', '工资', '支出'], data],
      ['姓名', '证件号码', '收支›工资', '收支›支出'],
      2,
    ],
    [
      'one row over data that begin with texts',
      [['姓名', '证件号码', '工资', '支出'], ['张', '无', '无', '无'], data],
      ['姓名', '证件号码', '工资', '支出'],
      1,
    ],
    [
      'one row below two titles',
      [['某县', '统计表'], ['填报单位：某局', '', '单位：元'], ['姓名', '证件号码', '工资', '支出'], data],
      ['姓名', '证件号码', '工资', '支出'],
      3,
    ],
  ])('of more than one row is joined: %s', (_, rows, headers, rowNo) => {
    expect(findHeaderBlock(numbered(rows), known)).toMatchObject({ headers, rowNo })
  })

  it('makes repeated headers unique', () =>
    expect(headersOf(['姓名', '', '姓 名', ''])).toEqual(['姓名', '', '姓名(2)', '']))
})
