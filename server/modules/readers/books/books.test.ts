import { type BookType, utils, type WorkSheet, write } from '@e965/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collect, openFileShelf } from '#test/harness/stored-files.ts'
import { inspectFile, readRows } from '../index.ts'

let shelf: Awaited<ReturnType<typeof openFileShelf>>
beforeAll(async () => {
  shelf = await openFileShelf()
})
afterAll(() => shelf.close())

/** All rows below the header of each sheet, as they are read. */
async function read(bytes: Buffer | string, name = '表.xls') {
  const file = await shelf.store(Buffer.from(bytes))
  const found = await inspectFile(file, name)
  if (!found.ok) throw new Error(JSON.stringify(found))
  const sheets: Record<string, string[][]> = {}
  let hidden = 0
  for (const { name: sheet, headerRow } of found.sheets) {
    const batches = await collect(readRows(file, { ...found, sheet, headerRow }))
    sheets[sheet] = batches.flatMap(({ rows }) => rows)
    hidden += batches.reduce((sum, batch) => sum + (batch.hidden ?? 0), 0)
  }
  const [first] = found.sheets
  return {
    ...found,
    sheets,
    headers: first?.headers,
    rows: Object.values(sheets)[0] ?? [],
    inspected: found.sheets,
    hidden,
  }
}

const header = ['姓名', '证件号码', '金额']

function bookOf(sheets: Record<string, WorkSheet>, bookType: BookType, hidden: string[] = []) {
  const book = utils.book_new()
  for (const [name, sheet] of Object.entries(sheets)) utils.book_append_sheet(book, sheet, name)
  book.Workbook = { Sheets: book.SheetNames.map((name) => ({ name, Hidden: hidden.includes(name) ? 1 : 0 })) }
  return write(book, { type: 'buffer', bookType }) as Buffer
}

const errors = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
}

describe('workbooks of other kinds', () => {
  it.each(['biff8', 'xlsb', 'xlsx', 'xlml', 'ods', 'fods'] as const)(
    '%s: texts, numbers, days, errors by their names, merged cells, hidden sheets',
    async (bookType) => {
      const sheet = utils.aoa_to_sheet(
        [
          header,
          ['张三', '341221190001010019', 1234.5],
          ['', '', -0.1],
          ['李四', new Date(Date.UTC(2020, 2, 10)), true],
          ...Object.keys(errors).map((code) => ['王五', code, null]),
        ],
        { UTC: true, cellDates: /ods/.test(bookType) },
      )
      Object.entries(errors).forEach(([code, text], i) => {
        sheet[`C${5 + i}`] = { t: 'e', v: Number(code), w: text }
      })
      sheet['!ref'] = 'A1:C11'
      sheet['!rows'] = [{}, {}, { hidden: true }, { hidden: true }]
      sheet['!merges'] = [utils.decode_range('A2:A3'), utils.decode_range('B2:B3')]
      const { inspected, rows, hidden } = await read(
        bookOf({ 甲: sheet, 乙: utils.aoa_to_sheet([header, ['赵六', '1', 2]]) }, bookType, ['乙']),
      )
      expect(rows.slice(0, 3)).toEqual([
        ['张三', '341221190001010019', '1234.5'],
        ['张三', '341221190001010019', '-0.1'],
        ['李四', '2020-03-10', 'TRUE'],
      ])
      expect(inspected.map(({ name }) => name)).toEqual(['甲', '乙'])
      // The library writes neither errors nor hidden sheets into open documents; those are below.
      if (/ods/.test(bookType)) return
      // Nor does it write hidden rows into binary ones.
      if (bookType !== 'biff8') expect(hidden).toBe(2)
      expect(rows.slice(3).map((cells) => cells[2])).toEqual(Object.values(errors))
      expect(inspected.map((one) => one.hidden)).toEqual([false, true])
    },
  )

  it.each(['biff2', 'biff3', 'biff4', 'biff5'])('%s in GBK, as old programs wrote it', async (bookType) => {
    const sheet = utils.aoa_to_sheet([
      ['NAME', 'IDNO', 'AMOUNT'],
      ['AB', '341221190001010019', 5],
    ])
    const bytes = bookOf({ S: sheet }, bookType as BookType)
    // The letters stand as bytes of one each; GBK puts one character in the place of two.
    const at = bytes.lastIndexOf('AB')
    Buffer.from([0xd5, 0xc5]).copy(bytes, at)
    const { rows } = await read(bytes)
    expect(rows).toEqual([['张', '341221190001010019', '5']])
  })
})

describe('formulas of binary workbooks', () => {
  /** The records of formulas as a program writes them that cannot calculate. */
  function uncalculated(bytes: Buffer) {
    for (
      let at = bytes.indexOf(Buffer.from([6, 0]));
      at >= 0;
      at = bytes.indexOf(Buffer.from([6, 0]), at + 1)
    ) {
      const isFormula = bytes.readUInt16LE(at + 2) >= 22 && bytes.readUInt16LE(at + 18) === 0x21
      if (isFormula) bytes[at + 18] = 0x02
    }
    return bytes
  }
  const bookWith = (...results: number[]) => {
    const sheet = utils.aoa_to_sheet([header, ...results.map((v, i) => ['张', String(i), v])])
    results.forEach((v, i) => {
      // =1550, as the binary formula the library writes.
      sheet[`C${i + 2}`] = { t: 'n', v, bf: Buffer.from([3, 0, 0x1e, 0x0e, 0x06]) }
    })
    return bookOf({ 表: sheet }, 'biff8')
  }

  it('that all hold 0 and ask to be calculated have no result; a 0 that was calculated is one', async () => {
    const amounts = async (bytes: Buffer) => (await read(bytes)).rows.map((cells) => cells[2])
    expect(await amounts(bookWith(0, 0))).toEqual(['0', '0'])
    expect(await amounts(uncalculated(bookWith(0, 0)))).toEqual(['=\u2061', '=\u2061'])
    expect(await amounts(uncalculated(bookWith(0, 18_600)))).toEqual(['0', '18600'])
  })
})

const tag = (row: string[], cell = 'td') =>
  `<tr>${row.map((text) => `<${cell}>${text}</${cell}>`).join('')}</tr>`

describe('web pages', () => {
  it('spanned cells keep their columns; what stands over several rows stands in each', async () => {
    const { rows, headers } = await read(`<table>
      <tr><td colspan=4>某县统计表</td></tr>
      <tr><th>姓名<th>证件号码<th colspan=1>单号<th>金额</tr>
      <tr><td rowspan="2">张三<td rowspan="2">341221190001010019<td>A1<td>1,234.50</tr>
      <tr><td>A2<td>&nbsp;</tr>
      <tr><td>李&nbsp;四<td>'341221190001010020<td>A3<br>续<td x:num="1234.5678">1,234.57
      <tr style="display:none"><td>王五<td><table><tr><td>内</td></tr></table>1<td>A4<td x:num="43900">2020/3/10</tr>
    </table>`)
    expect(headers).toEqual(['姓名', '证件号码', '单号', '金额'])
    expect(rows).toEqual([
      ['张三', '341221190001010019', 'A1', '1,234.50'],
      ['张三', '341221190001010019', 'A2'],
      ['李\u00a0四', '341221190001010020', 'A3\n续', '1234.5678'],
      ['王五', '1', 'A4', '2020/3/10'],
    ])
  })

  it('a head that stays while the rows scroll goes with its rows; another table is another sheet', async () => {
    const body = tag(['张三', '341221190001010019', '5'])
    const { sheets, hidden } =
      await read(`<html><body><table>${tag(header, 'th')}</table><table>${body}${body}</table>
      <table>${tag(['乡镇', '户数'])}<tr hidden><td>城关镇</td><td>3</td></tr></table></body></html>`)
    expect(Object.values(sheets).map((rows) => rows.length)).toEqual([2, 1])
    expect(hidden).toBe(1)
  })

  it('styles as long as office programs write them stand before the table', async () => {
    const css = '.xl65 {mso-number-format:"\\@";}\n'.repeat(2000)
    const { format, rows } = await read(
      `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>${css}</style></head><body><table>${tag(header)}${tag(['张三', '1', '2'])}</table></body></html>`,
    )
    expect([format, rows]).toEqual(['html', [['张三', '1', '2']]])
  })

  it.each(['quoted-printable', 'base64'] as const)('a web archive in %s is its page', async (how) => {
    const page = Buffer.from(
      `<html><table>${tag(header)}${tag(['张三', '341221190001010019', '5'])}</table></html>`,
    )
    const quoted = [...page].map((byte) =>
      byte > 126 || byte === 0x3d ? `=${byte.toString(16).toUpperCase()}` : String.fromCharCode(byte),
    )
    const lines = quoted.join('').match(/.{1,70}(?![\dA-F]?[\dA-F](?<==.{1,2}))/g) ?? []
    const body = how === 'base64' ? page.toString('base64').replace(/.{76}/g, '$&\r\n') : lines.join('=\r\n')
    const { format, rows } = await read(
      `MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="----=_X"\r\n\r\n文件\r\n------=_X\r\nContent-Location: file:///C:/a.htm\r\nContent-Transfer-Encoding: ${how}\r\nContent-Type: text/html; charset="utf-8"\r\n\r\n${body}\r\n------=_X\r\nContent-Type: image/png\r\n\r\nx\r\n------=_X--\r\n`,
    )
    expect([format, rows]).toEqual(['html', [['张三', '341221190001010019', '5']]])
  })

  it('a frame without its table, and a page without any, are named', async () => {
    const inspect = async (text: string) => inspectFile(await shelf.store(Buffer.from(text)), '表.xls')
    expect(await inspect('<html><frameset><frame src="sheet001.htm"></frameset></html>')).toMatchObject({
      details: { reason: 'unsupported', looksLike: 'frames' },
    })
    expect(await inspect('<html><body>请重新登录</body></html>')).toMatchObject({
      details: { reason: 'not-a-table', looksLike: 'html' },
    })
  })
})

describe('the XML of 2003', () => {
  const book = (rows: string, more = '') => `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
    <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
    <Worksheet ss:Name="表"><Table>${rows}</Table>${more}</Worksheet></Workbook>`
  const cell = (text: string, type = 'String', attributes = '') =>
    `<Cell ${attributes}><Data ss:Type="${type}">${text}</Data></Cell>`
  const head = `<Row>${header.map((text) => cell(text)).join('')}</Row>`

  it('letters set apart, places by number, merged cells, days, formulas without a result, a bare &', async () => {
    const { rows, format, inspected } = await read(
      book(
        `${head}<Row>${cell('<B>张</B><Font html:Color="#f00">三</Font>', 'String', 'ss:MergeDown="1"')}${cell('1860', 'Number', 'ss:Index="3"')}</Row>
         <Row>${cell('2020-03-10T00:00:00.000', 'DateTime', 'ss:Index="2"')}${cell('0.30000000000000004', 'Number')}</Row>
         <Row ss:Index="9" ss:Hidden="1">${cell('李 & 四')}<Cell ss:Formula="=RC[1]*12"/>${cell('#REF!', 'Error')}</Row>`,
        '<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>',
      ),
    )
    expect(format).toBe('xml')
    expect(rows).toEqual([
      ['张三', '', '1860'],
      ['张三', '2020-03-10', '0.3'],
      ['李 & 四', '=\u2061RC[1]*12', '#REF!'],
    ])
    expect(inspected[0]?.hidden).toBe(true)
  })

  it('that ends early is damaged', async () => {
    const file = await shelf.store(Buffer.from(book(head).slice(0, -20)))
    expect(await inspectFile(file, '表.xls')).toMatchObject({ ok: false, details: { reason: 'damaged' } })
  })
})

describe('open documents', () => {
  const document = (rows: string) =>
    `<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:automatic-styles><style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet><table:table table:name="表" table:style-name="ta1">${rows}</table:table></office:spreadsheet></office:body></office:document>`
  const cell = (text: string, attributes = 'office:value-type="string"') =>
    `<table:table-cell ${attributes}><text:p>${text}</text:p></table:table-cell>`
  const row = (cells: string, attributes = '') => `<table:table-row ${attributes}>${cells}</table:table-row>`

  it('repeated cells and rows, hidden ones, notes beside, errors, formulas without a result', async () => {
    const { rows, hidden, inspected } = await read(
      document(
        [
          row(header.map((text) => cell(text)).join('')),
          row(
            `${cell('张<text:s text:c="2"/>三')}<table:table-cell table:number-columns-repeated="1"/>${cell('1,860.00', 'office:value-type="float" office:value="1860"')}`,
          ),
          row(
            cell('同', 'office:value-type="string" table:number-columns-repeated="3"'),
            'table:number-rows-repeated="2" table:visibility="filter"',
          ),
          row(
            '<table:table-cell table:number-columns-repeated="1024"/>',
            'table:number-rows-repeated="1000"',
          ),
          row(
            `<table:table-cell office:value-type="string"><office:annotation><text:p>批注</text:p></office:annotation><text:p>李</text:p><text:p>四</text:p></table:table-cell>
             ${cell('Err:502', 'table:formula="of:=X()" office:value-type="float" office:value="0"')}<table:table-cell table:formula="of:=[.B2]*12"/>`,
          ),
        ].join(''),
      ),
    )
    expect(rows).toEqual([
      ['张  三', '', '1860'],
      ['同', '同', '同'],
      ['同', '同', '同'],
      ['李\n四', 'Err:502', '=\u2061[.B2]*12'],
    ])
    expect(hidden).toBe(2)
    expect(inspected[0]?.hidden).toBe(true)
  })
})
