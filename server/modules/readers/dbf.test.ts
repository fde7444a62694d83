import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DBFFile } from 'dbffile'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collect, openFileShelf } from '#test/harness/stored-files.ts'
import { inspectFile, readRows } from './index.ts'

let shelf: Awaited<ReturnType<typeof openFileShelf>>
beforeAll(async () => {
  shelf = await openFileShelf()
})
afterAll(() => shelf.close())

type Field = [name: string, type: string, length: number]

function tableOf(fields: Field[], records: (string | Buffer)[][], encoding = 'gbk', deleted: number[] = []) {
  const recordLength = 1 + fields.reduce((sum, [, , length]) => sum + length, 0)
  const head = Buffer.alloc(32 + fields.length * 32 + 1)
  head[0] = 0x03
  head.writeUInt32LE(records.length, 4)
  head.writeUInt16LE(head.length, 8)
  head.writeUInt16LE(recordLength, 10)
  for (const [i, [name, type, length]] of fields.entries()) {
    iconv.encode(name, encoding).copy(head, 32 + i * 32)
    head.write(type, 32 + i * 32 + 11, 'latin1')
    head[32 + i * 32 + 16] = length
  }
  head[head.length - 1] = 0x0d
  const body = records.map((record, row) => {
    const bytes = Buffer.alloc(recordLength, 0x20)
    if (deleted.includes(row)) bytes[0] = 0x2a
    let at = 1
    for (const [i, [, , length]] of fields.entries()) {
      const value = record[i] ?? ''
      const cell = Buffer.isBuffer(value) ? value : iconv.encode(value, encoding)
      cell.copy(bytes, at, 0, length)
      at += length
    }
    return bytes
  })
  return Buffer.concat([head, ...body, Buffer.from([0x1a])])
}

async function read(bytes: Buffer) {
  const file = await shelf.store(bytes)
  const found = await inspectFile(file, '残联.DBF')
  if (!found.ok) throw new Error(JSON.stringify(found))
  const batches = await collect(readRows(file, { ...found, headerRow: found.sheets[0]?.headerRow ?? 0 }))
  return { found, sheet: found.sheets[0], batches }
}

const fields: Field[] = [
  ['姓名', 'C', 20],
  ['出生日期', 'D', 8],
  ['金额', 'N', 12],
  ['是否', 'L', 1],
]

describe('dbf', () => {
  it.each([
    ['gbk', 'gb18030'],
    ['utf8', 'utf-8'],
  ])(
    'reads text in %s, dates, numbers, yes and no; deleted records keep their number',
    async (encoding, found) => {
      const records = [
        ['张测试', '19900101', '    1234.50', 'T'],
        ['删去', '19900102', '', 'F'],
        ['李试', '        ', '', '?'],
      ]
      const table = await read(tableOf(fields, records, encoding, [1]))
      expect(table.found).toMatchObject({ format: 'dbf', encoding: found })
      expect(table.sheet).toMatchObject({ headerRow: 1, rowEstimate: 3 })
      expect(table.sheet?.headers.slice(0, 2)).toEqual(
        encoding === 'gbk' ? ['姓名', '出生日期'] : ['姓名', expect.stringMatching(/^出生日/)],
      )
      expect(table.batches).toEqual([
        { firstRowNo: 2, rows: [['张测试', '1990-01-01', '1234.50', '是']] },
        { firstRowNo: 4, rows: [['李试']] },
      ])
    },
  )

  it('reads the binary fields of FoxPro', async () => {
    const int = Buffer.alloc(4)
    int.writeInt32LE(-42)
    const money = Buffer.alloc(8)
    money.writeBigInt64LE(12_345_600n)
    const when = Buffer.alloc(8)
    when.writeInt32LE(2_458_919)
    const { batches } = await read(
      tableOf(
        [
          ['整数', 'I', 4],
          ['钱', 'Y', 8],
          ['时间', 'T', 8],
        ],
        [[int, money, when]],
      ),
    )
    expect(batches[0]?.rows).toEqual([['-42', '1234.56', '2020-03-10']])
  })

  it('cuts what is left of a character from a name, and says where a memo lies', async () => {
    const table = tableOf(
      [
        ['x工资性收', 'N', 8],
        ['诉求内容', 'M', 10],
        ['_NullFlags', '0', 1],
      ],
      [
        ['12', '         7'],
        ['13', ''],
      ],
    )
    // One byte more than the name has room for: the letter behind it is cut in half.
    table[32 + 9] = 0xc8
    const { batches, sheet } = await read(table)
    expect(sheet?.headers.slice(0, 2)).toEqual(['x工资性收', '诉求内容'])
    expect(batches[0]?.rows).toEqual([['12', '[备注字段]'], ['13']])
  })

  it('reads what another program wrote, across chunk borders', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'dbf-'))
    const table = await DBFFile.create(
      join(dir, 'a.dbf'),
      [
        { name: 'NAME', type: 'C', size: 60 },
        { name: 'BIRTH', type: 'D', size: 8 },
        { name: 'AMOUNT', type: 'N', size: 12, decimalPlaces: 2 },
      ],
      { encoding: 'gbk' },
    )
    const count = 8000
    await table.appendRecords(
      Array.from({ length: count }, (_, i) => ({
        NAME: `张测试${i}`,
        BIRTH: new Date(Date.UTC(1990, 0, 1 + (i % 28))),
        AMOUNT: i / 4,
      })),
    )
    const { batches, sheet } = await read(await readFile(join(dir, 'a.dbf')))
    await rm(dir, { recursive: true })
    expect(sheet?.headers).toEqual(['NAME', 'BIRTH', 'AMOUNT'])
    const rows = batches.flatMap((batch) => batch.rows)
    expect(rows).toHaveLength(count)
    for (const i of [0, 3999, count - 1])
      expect(rows[i]).toEqual([
        `张测试${i}`,
        `1990-01-${String(1 + (i % 28)).padStart(2, '0')}`,
        expect.toSatisfy((text) => Number(text) === i / 4),
      ])
  })
})
