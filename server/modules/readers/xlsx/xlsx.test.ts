import { utils, write } from '@e965/xlsx'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collect, openFileShelf } from '#test/harness/stored-files.ts'
import { zipped } from '#test/harness/zip-file.ts'
import { inspectFile, readRows } from '../index.ts'

let shelf: Awaited<ReturnType<typeof openFileShelf>>
beforeAll(async () => {
  shelf = await openFileShelf()
})
afterAll(() => shelf.close())

type Cells = (string | number | boolean | Date | null)[]

/** By SheetJS, an implementation that is not ours. */
function workbook(
  sheets: Record<string, Cells[]>,
  bookType: 'xlsx' | 'xls' | 'biff8' = 'xlsx',
  bookSST = true,
) {
  const book = utils.book_new()
  for (const [name, rows] of Object.entries(sheets))
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows, { UTC: true }), name)
  return write(book, { type: 'buffer', bookType, bookSST, compression: true }) as Buffer
}

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A package by hand, for what SheetJS does not write. */
function byHand(
  sheet: string,
  extra: { texts?: string; styles?: string; book?: string; state?: string } = {},
) {
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`
  const parts: Record<string, string> = {
    '_rels/.rels': `<Relationships>${relation('r1', 'officeDocument', '/xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<workbook ${main} xmlns:r="${office}">${extra.book ?? ''}<sheets><sheet name="表" sheetId="1" state="${extra.state ?? 'visible'}" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${relation('r1', 'worksheet', 'worksheets/a.xml')}${relation('r2', 'sharedStrings', 'texts.xml')}${relation('r3', 'styles', 'styles.xml')}</Relationships>`,
    'xl/worksheets/a.xml': sheet,
    'xl/texts.xml': extra.texts ?? `<sst ${main}/>`,
    'xl/styles.xml': `<styleSheet ${main}>${extra.styles ?? ''}</styleSheet>`,
  }
  return collect(zipped(Object.entries(parts).map(([name, text]) => [name, [text]]))).then(Buffer.concat)
}

async function read(bytes: Buffer, sheetName?: string) {
  const file = await shelf.store(bytes)
  const found = await inspectFile(file, '表.xlsx')
  if (!found.ok) throw new Error(JSON.stringify(found))
  const sheet = found.sheets.find(({ name }) => !sheetName || name === sheetName)
  const batches = await collect(
    readRows(file, { ...found, sheet: sheet?.name, headerRow: sheet?.headerRow ?? 0 }),
  )
  return { found, sheet, batches, rows: batches.flatMap(({ rows }) => rows) }
}

const wrapSheet = (rows: string) =>
  `<worksheet ${main}><sheetData>${rows}</sheetData><pageMargins left="1"/></worksheet>`
const headerRow =
  '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c><c r="B1" t="str"><v>证件号码</v></c><c r="C1" t="str"><v>日期</v></c></row>'

describe('xlsx', () => {
  it('reads a national export: two title rows, header on row 3 with line breaks, real dates, the sheet one picks', async () => {
    const { found, sheet, batches } = await read(
      workbook({
        说明: [['本表由测试生成']],
        成员: [
          ['全国扶贫开发信息系统业务管理子系统'],
          ['导出单位：测试县', null, null, '2020年3月'],
          ['姓名', '证件\n号码 ', '出生 日期', '医疗费总额'],
          ['张测试', '341221190001010019', new Date(Date.UTC(1990, 0, 1)), 1234.5],
          [],
          ['李试', '="341322190101010034"', null, 0],
        ],
      }),
      '成员',
    )
    expect(found.format).toBe('xlsx')
    expect(sheet).toMatchObject({
      headerRow: 3,
      headers: ['姓名', '证件号码', '出生日期', '医疗费总额'],
      hidden: false,
      rowEstimate: 2,
    })
    expect(sheet?.preview[0]).toEqual(['张测试', '341221190001010019', '1990-01-01', '1234.5'])
    expect(batches).toEqual([
      { firstRowNo: 4, rows: [['张测试', '341221190001010019', '1990-01-01', '1234.5']] },
      { firstRowNo: 6, rows: [['李试', '341322190101010034', '', '0']] },
    ])
  })

  it('reads every kind of cell', async () => {
    const texts = `<sst ${main}><si><t>甲&amp;乙_x000D_</t></si><si><r><rPr><b/></rPr><t xml:space="preserve">富 </t></r><r><t>文本</t></r><rPh sb="0" eb="1"><t>读音</t></rPh></si><si/></sst>`
    const styles = `<numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="2"/></cellXfs>`
    const cells = [
      '<c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="s"><v>2</v></c>',
      '<c s="1"><v>43900</v></c><c s="2"><v>43891</v></c><c s="3"><v>0.30000000000000004</v></c>',
      '<c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="str"><f>A2&amp;"&lt;"</f><v>a&lt;&#x4E34;</v></c>',
      `<c r='AB2'><f>1+1</f><v>2</v></c><c t="d"><v>2020-03-10T00:00:00</v></c><c><v>3.4122119000101E+17</v></c>`,
      '<c t="inlineStr"><is><r><t>行内</t></r><r><t>文本</t></r></is></c><c t="str"><v><![CDATA[甲<&amp;]]></v></c><c s="1"/><c r="ZZZ2"><v>1</v></c>',
    ]
    const { rows } = await read(
      await byHand(wrapSheet(`${headerRow}<row r="2">${cells.join('')}</row>`), { texts, styles }),
    )
    expect(rows[0]?.slice(0, 9)).toEqual([
      '甲&乙',
      '富 文本',
      '',
      '2020-03-10',
      '2020-03-01',
      '0.3',
      'TRUE',
      '#N/A',
      'a<临',
    ])
    expect(rows[0]?.slice(27)).toEqual(['2', '2020-03-10', '3.41221E+17', '行内文本', '甲<&amp;'])
  })

  it('counts days from 1904 where the workbook says so', async () => {
    const styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    const sheet = wrapSheet(`${headerRow}<row><c t="str"><v>张</v></c><c/><c s="1"><v>42438</v></c></row>`)
    const { rows } = await read(await byHand(sheet, { styles, book: '<workbookPr date1904="1"/>' }))
    expect(rows).toEqual([['张', '', '2020-03-10']])
  })

  it('takes rows and cells without references, prefixed elements, hidden sheets', async () => {
    const prefixed =
      `<?xml version="1.0"?>\n<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>${headerRow}<row><c t="str"><v>张</v></c><c><v>1</v></c></row></x:sheetData></x:worksheet>`.replaceAll(
        /<(\/?)(row|c|v|is|t)(?=[ >])/g,
        '<$1x:$2',
      )
    const { rows, sheet } = await read(await byHand(prefixed, { state: 'veryHidden' }))
    expect(rows).toEqual([['张', '1']])
    expect(sheet?.hidden).toBe(true)
  })

  it('tells a formula without a result from one whose result is empty, and a 0 nobody calculated from a real one', async () => {
    const cells = [
      '<c r="A2"><f>1550*12</f></c><c><f>A2&amp;"元"</f><v></v></c><c><f/><v/></c>',
      '<c t="str"><f>IF(A2="","","x")</f><v></v></c><c t="str"><f>X()</f></c>',
      '<c><f>A1*0</f><v>0</v></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c><c><v>0</v></c>',
      '<c t="str"><f t="shared" si="0"/></c>',
    ]
    const sheet = wrapSheet(`${headerRow}<row r="2" hidden="1">${cells.join('')}</row>`)
    const { rows, batches } = await read(await byHand(sheet))
    const [row = []] = rows
    expect(row.slice(0, 8)).toEqual([
      '=\u20611550*12',
      '=\u2061A2&"元"',
      '=\u2061',
      '',
      '=\u2061X()',
      '0',
      '#DIV/0!',
      '0',
    ])
    expect(row[8]).toBe('=\u2061')
    expect(batches[0]?.hidden).toBe(1)
    const waits = await read(await byHand(sheet, { book: '<calcPr fullCalcOnLoad="1"/>' }))
    expect(waits.rows[0]?.slice(5, 8)).toEqual(['=\u2061A1*0', '#DIV/0!', '0'])
  })

  it('fills merged cells down over rows that hold something, by way of the preview too', async () => {
    const cell = (at: string, text: string) => `<c r="${at}" t="str"><v>${text}</v></c>`
    const rows = `<row r="2">${cell('A2', '张')}${cell('B2', '1')}${cell('C2', 'x')}</row><row r="3"><c r="A3" s="0"/>${cell('C3', 'y')}</row><row r="4"><c r="A4"/></row><row r="5">${cell('C5', 'z')}</row><row r="6">${cell('C6', '尾')}</row>`
    const merged =
      '<mergeCells count="3"><mergeCell ref="A2:A5"/><x:mergeCell xmlns:x="" foo="1" ref="B2:B3"/><mergeCell ref="A1:B1"/></mergeCells>'
    const found = await read(
      await byHand(`<worksheet ${main}><sheetData>${headerRow}${rows}</sheetData>${merged}</worksheet>`),
    )
    expect(found.rows).toEqual([
      ['张', '1', 'x'],
      ['张', '1', 'y'],
      ['张', '', 'z'],
      ['', '', '尾'],
    ])
    expect(found.sheet?.preview).toEqual(found.rows)
    expect([...(found.batches[0]?.merged ?? [])]).toEqual([
      [0, [0, 1]],
      [1, [0, 1]],
    ])
  })

  it('reads several sheets as one table, each with its columns where it has them', async () => {
    const file = await shelf.store(
      workbook({
        甲: [
          ['姓名', '金额'],
          ['张', 1],
        ],
        乙: [['某县'], ['金额', '姓名'], [2, '李']],
      }),
    )
    const layouts = [
      { name: '甲', headerRow: 1, places: null },
      { name: '乙', headerRow: 2, places: [1, 0] },
    ]
    const batches = await collect(readRows(file, { format: 'xlsx', encoding: null, headerRow: 1, layouts }))
    expect(batches).toEqual([
      { firstRowNo: 2, rows: [['张', '1']] },
      { firstRowNo: 2 ** 21 + 3, rows: [['李', '2']] },
    ])
  })

  it.each(['xlsx', 'xls'] as const)('gives back any table written as %s', async (bookType) => {
    const cell = fc.oneof(
      fc.stringMatching(/^[a-z0-9张测试<&"'>\n _]{0,10}$/).map((text) => text.replaceAll('_x', '')),
      fc.integer({ min: -1e9, max: 1e9 }),
      fc.boolean(),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('甲', '乙'), cell, cell), { minLength: 1, maxLength: 20 }),
        fc.constantFrom(1, 300),
        fc.boolean(),
        async (some, repeat, bookSST) => {
          const all = Array.from({ length: repeat }, () => some).flat()
          const { rows } = await read(workbook({ 表: [['姓名', '甲列', '乙列'], ...all] }, bookType, bookSST))
          expect(rows).toHaveLength(all.length)
          for (const [i, cells] of rows.entries()) expect(cells).toEqual(asRead(all[i] ?? []))
        },
      ),
      { numRuns: 20 },
    )
  })

  it('reads the dates, long numbers and header of an old workbook', async () => {
    const bytes = workbook(
      { 表: [['标题'], ['姓名', '日期', '卡号'], ['张', new Date(Date.UTC(2020, 2, 10)), 6.217e18]] },
      'biff8',
    )
    const { found, sheet, rows } = await read(bytes)
    expect([found.format, sheet?.headerRow]).toEqual(['xls', 2])
    expect(rows).toEqual([['张', '2020-03-10', '6.217E+18']])
  })

  it('answers damage, bombs and unknown sheets with what is wrong', async () => {
    const good = workbook({
      表: [
        ['姓名', '金额'],
        ['张', 1],
      ],
    })
    const file = await shelf.store(good)
    await expect(
      collect(readRows(file, { format: 'xlsx', encoding: null, sheet: '无', headerRow: 1 })),
    ).rejects.toMatchObject({ code: 'sheet-not-found' })
    const bomb = Buffer.concat(
      await collect(
        zipped([
          ['xl/workbook.xml', [`<workbook ${main}><sheets><sheet name="表" id="r1"/></sheets></workbook>`]],
          [
            'xl/_rels/workbook.xml.rels',
            [`<Relationships><Relationship Id="r1" Type="worksheet" Target="a.xml"/></Relationships>`],
          ],
          ['xl/a.xml', [`<worksheet><sheetData>`, ...Array.from({ length: 70 }, () => ' '.repeat(1 << 20))]],
        ]),
      ),
    )
    const unended = await byHand(
      `<worksheet ${main}><sheetData>${headerRow}<row r="2"><c r="A2"><v>1</v></c></row>`,
    )
    const broken = Buffer.from(await byHand(wrapSheet(headerRow.repeat(200))))
    broken.fill(0x55, broken.indexOf('a.xml') + 20, broken.indexOf('a.xml') + 30)
    for (const [bytes, reason] of [
      [bomb, 'too-large'],
      [unended, 'damaged'],
      [broken, 'damaged'],
      [good.subarray(0, -200), 'damaged'],
    ] as const) {
      expect(await inspectFile(await shelf.store(bytes), 'x.xlsx')).toMatchObject({
        ok: false,
        code: 'file-unreadable',
        details: { reason },
      })
    }
  })
})

function asRead(cells: Cells) {
  const clean = cells.map((cell) =>
    typeof cell === 'boolean' ? String(cell).toUpperCase() : String(cell ?? '').trim(),
  )
  const texts = clean.map((text) => (/^'+[0-9=+\-@]/.test(text) ? text.slice(1) : text))
  return texts.slice(0, texts.findLastIndex((cell) => cell !== '') + 1)
}
