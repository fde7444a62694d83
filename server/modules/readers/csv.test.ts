import fc from 'fast-check'
import iconv from 'iconv-lite'
import Papa from 'papaparse'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collect, openFileShelf } from '#test/harness/stored-files.ts'
import { inspectFile, type RowBatch, readRows } from './index.ts'

let shelf: Awaited<ReturnType<typeof openFileShelf>>
beforeAll(async () => {
  shelf = await openFileShelf()
})
afterAll(() => shelf.close())

async function read(bytes: Buffer) {
  const file = await shelf.store(bytes)
  const found = await inspectFile(file, '结算.csv')
  if (!found.ok) throw new Error(JSON.stringify(found))
  const sheet = found.sheets[0]
  const batches: RowBatch[] = await collect(
    readRows(file, { ...found, sheet: null, headerRow: sheet?.headerRow ?? 0 }),
  )
  return { found, sheet, batches, rows: batches.flatMap(({ rows }) => rows) }
}

const table = '姓名,证件号码,金额\r\n张测试,341221190001010019,12.50\r\n李试,341322190101010034,0\r\n'
const data = [
  ['张测试', '341221190001010019', '12.50'],
  ['李试', '341322190101010034', '0'],
]

describe('csv', () => {
  it.each([
    ['utf-8', Buffer.from(table)],
    ['utf-8-bom', Buffer.from(`\ufeff${table}`)],
    ['gb18030', iconv.encode(table, 'gbk')],
    ['gb18030', iconv.encode(table.replace('李试', '李𠀀㐀'), 'gb18030')],
    ['utf-16le', iconv.encode(table.replaceAll(',', '\t'), 'utf16le', { addBOM: true })],
    ['utf-16le', iconv.encode(table.replaceAll(',', '\t'), 'utf16le', { addBOM: false })],
    ['utf-16be', iconv.encode(table.replaceAll(',', '\t'), 'utf16be', { addBOM: true })],
    ['utf-16be', iconv.encode(table, 'utf16be', { addBOM: false })],
  ])('finds %s by content', async (encoding, bytes) => {
    const { found, sheet, rows } = await read(bytes)
    expect(found.encoding).toBe(encoding)
    expect(sheet?.headers).toEqual(['姓名', '证件号码', '金额'])
    expect(rows[0]).toEqual(data[0])
    expect(rows).toHaveLength(2)
  })

  it('finds GBK where Chinese first comes far into the file, and forgives one bad byte in UTF-8', async () => {
    const plain = 'id,name,amount\n'.concat('1,zhang,5\n'.repeat(30_000))
    const gbk = Buffer.concat([Buffer.from(plain), iconv.encode('2,张测试,6\n'.repeat(8000), 'gbk')])
    const { rows } = await read(gbk)
    expect(rows.at(-1)).toEqual(['2', '张测试', '6'])
    const damaged = Buffer.from(`${table}坏测试,1,2\n`)
    damaged[damaged.length - 8] = 0xff
    const kept = await read(damaged)
    expect(kept.found.encoding).toBe('utf-8')
    expect(kept.rows.slice(0, 2)).toEqual(data)
    expect(kept.rows[2]?.[0]).toContain('\ufffd')
  })

  it.each([',', ';', '\t', '|', '，', '；', '｜'])(
    'splits at %j, whatever the line ends',
    async (delimiter) => {
      for (const lineEnd of ['\n', '\r\n', '\r']) {
        const { rows } = await read(Buffer.from(table.replaceAll(',', delimiter).replaceAll('\r\n', lineEnd)))
        expect(rows).toEqual(data)
      }
    },
  )

  it('keeps quotes, line breaks and delimiters inside cells, and unwraps long digits', async () => {
    const { rows } = await read(
      Buffer.from(
        '姓名,证件号码,备注\r\n"张,测","=""341221190001010019""","说""好""\r\n再来"\r\n李试,="341322190101010034", 5"管 \r\n',
      ),
    )
    expect(rows).toEqual([
      ['张,测', '341221190001010019', '说"好"\n再来'],
      ['李试', '341322190101010034', '5"管'],
    ])
  })

  it('keeps the row numbers of the file past titles and blank rows', async () => {
    const text = `某县医保结算表,,\n填报单位：测试局,,2020年3月\n\n姓名,证件号码,金额\n张测试,1,2\n,,\n\n李试,3,4\n`
    const { sheet, batches } = await read(Buffer.from(text))
    expect(sheet?.headerRow).toBe(4)
    expect(batches).toEqual([
      { firstRowNo: 5, rows: [['张测试', '1', '2']] },
      { firstRowNo: 8, rows: [['李试', '3', '4']] },
    ])
  })

  describe('a quotation mark without another', () => {
    const head = '姓名,证件号码,起,止,金额,备注'
    const rowOf = (i: number) => [
      `张${i}`,
      `34122119000101${1000 + i}`,
      '2019-01-01',
      '2019-12-31',
      `${i}00`,
      '好',
    ]
    const lines = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => rowOf(from + i).join(','))
    async function readBroken(...body: string[]) {
      const { batches } = await read(Buffer.from([head, ...body, ''].join('\r\n')))
      const rows = batches.flatMap(({ rows, firstRowNo, faults }) =>
        rows.map((cells, i) => ({ rowNo: firstRowNo + i, name: cells[0], fault: faults?.get(i) })),
      )
      return {
        broken: rows.filter(({ fault }) => fault === 'quote').map(({ rowNo }) => rowNo),
        names: rows.map(({ name }) => name?.replaceAll('"', '')),
      }
    }
    const all = Array.from({ length: 9 }, (_, i) => `张${i}`)
    const open = (i: number) => `"${rowOf(i).join(',')}`

    it.each<[string, number[], string[]]>([
      ['at the start of a row', [5], [...lines(0, 3), open(3), ...lines(4, 9)]],
      ['in the last row', [10], [...lines(0, 8), open(8)]],
      ['before an amount', [4], [...lines(0, 2), lines(2, 3).join().replace('200', '"200'), ...lines(3, 9)]],
      [
        'with marks that pair further down',
        [4],
        [
          ...lines(0, 2),
          open(2),
          ...lines(3, 6),
          lines(6, 7).join().replace('好', '"好,好"'),
          ...lines(7, 9),
        ],
      ],
      [
        'that the next row happens to close',
        [4],
        [...lines(0, 2), open(2), `${'张3'}",${rowOf(3).slice(1).join()}`, ...lines(4, 9)],
      ],
      ['in two rows', [3, 7], [...lines(0, 1), open(1), ...lines(2, 5), open(5), ...lines(6, 9)]],
      [
        'around half a word',
        [4],
        [...lines(0, 2), lines(2, 3).join().replace('好', '"好"运'), ...lines(3, 9)],
      ],
    ])('%s costs its row and no other', async (_, broken, body) => {
      const found = await readBroken(...body)
      expect(found.names).toEqual(all)
      for (const row of found.broken) expect(broken).toContain(row)
    })

    it('costs its row alone in a large file, and thousands of them the file', async () => {
      const { broken, names } = await readBroken(open(0), ...lines(1, 40_000))
      expect(broken).toEqual([2])
      expect(names).toHaveLength(40_000)
      await expect(readBroken(...Array.from({ length: 2000 }, (_, i) => open(i)))).rejects.toThrow(
        'file-unreadable',
      )
    })

    it('leaves cells of several lines as they are', async () => {
      const noted = [...rowOf(0).slice(0, 5), '"住院,\r\n说""好"",\r\n再来"'].join(',')
      expect(await readBroken(noted, ...lines(1, 9))).toEqual({ broken: [], names: all })
    })
  })

  it('says which rows end before the header does', async () => {
    const { batches } = await read(Buffer.from('姓名,证件号码,金额,备注\n张,1,5,好\n李,2,5\n王,3,,\n赵,4'))
    expect(batches.map(({ faults }) => faults)).toEqual([
      new Map<number, string | number>([
        [1, 3],
        [3, 'end'],
      ]),
    ])
  })

  it('gives back any table, in any encoding, across chunk borders', async () => {
    const cell = fc.stringMatching(/^[a-z0-9张测试,;"\n \t=']{0,12}$/)
    const row = fc.tuple(fc.constantFrom('甲', '乙'), cell, cell, cell)
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 30 }),
        fc.constantFrom('utf8', 'gb18030', 'utf16le'),
        fc.constantFrom(1, 3000),
        fc.constantFrom('\n', '\r\n'),
        async (some, encoding, repeat, newline) => {
          const all = Array.from({ length: repeat }, () => some).flat()
          const text = Papa.unparse([['姓名', '甲列', '乙列', '丙列'], ...all], {
            newline,
            quotes: repeat === 1,
          })
          const { rows } = await read(iconv.encode(text, encoding, { addBOM: encoding === 'utf16le' }))
          expect(rows.length).toBe(all.length)
          for (const [i, cells] of rows.entries()) expect(cells).toEqual(asRead(all[i % some.length] ?? []))
        },
      ),
      { numRuns: 25 },
    )
  })
})

/** The documented cleaning, said another way: trimmed, unwrapped, empty cells at the end left out. */
function asRead(cells: readonly string[]) {
  const clean = cells.map((cell) => {
    const text = cell.trim()
    if (text.length > 2 && text.startsWith('="') && text.endsWith('"'))
      return text.slice(2, -1).replaceAll('""', '"').trim()
    return /^'+[0-9=]/.test(text) ? text.slice(1) : text
  })
  return clean.slice(0, clean.findLastIndex((cell) => cell !== '') + 1)
}
