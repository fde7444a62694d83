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

  it('says where a quotation mark has no end', async () => {
    const file = await shelf.store(Buffer.from(`${table}王测,"没有结束,1\n${table.repeat(60_000)}`))
    const rows = collect(readRows(file, { format: 'csv', encoding: 'utf-8', headerRow: 1 }))
    await expect(rows).rejects.toMatchObject({
      code: 'file-unreadable',
      details: { reason: 'quote-not-closed', row: 4 },
    })
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
