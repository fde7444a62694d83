import { readdirSync } from 'node:fs'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { feeds } from '#server/modules/feeds/definitions/index.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import {
  csvOf,
  idNumber,
  openIntake,
  registerPeople,
  settlement,
  type TestIntake,
  type TestPerson,
} from '#test/harness/intake.ts'
import { createBatch } from './create-batch.ts'
import { guessFeeds, headerDigest } from './guess-feed.ts'
import { commandLine } from './import-file.ts'
import { maskCells } from './mask-cells.ts'
import { receiveFile } from './receive-file.ts'

let t: TestDatabase
let intake: TestIntake
let people: TestPerson[]
beforeAll(async () => {
  t = await openTestDatabase()
  intake = openIntake(t.database)
  people = await registerPeople(t.database, intake, 3)
})
afterAll(async () => {
  intake.close()
  await t.close()
})

const receive = (text: string, maxBytes?: number) => {
  const file = { name: '结算.csv', body: Readable.from([Buffer.from(text)]) }
  return receiveFile(intake.deps, commandLine, maxBytes === undefined ? file : { ...file, maxBytes })
}
const person = () => people[0] ?? { name: '', idNumber: '' }

describe('the guess of the feed', () => {
  it('finds every feed by its own headers, all columns mapped', () => {
    for (const feed of feeds) {
      const [best] = guessFeeds(
        feeds,
        feed.columns.map(({ header }) => header),
      )
      expect(best, feed.code).toMatchObject({
        feed: feed.code,
        score: 1,
        missingRequired: [],
        unknownHeaders: [],
      })
    }
  })

  it('prefers the feed that can be read, reports what is missing and what is unknown', () => {
    const [best] = guessFeeds(feeds, ['患者姓名', '身份证号', '结算编号', '就诊类型', '总费用(元)', '经办人'])
    expect(best).toMatchObject({ feed: 'medical-settlement', unknownHeaders: ['经办人'] })
    expect(best?.missingRequired.sort()).toEqual(['selfPaid', 'settledOn'])
    expect(guessFeeds(feeds, ['标题', '备注'])).toEqual([])
  })

  it('takes a mended file of rejected rows for the same kind of file', () => {
    expect(headerDigest(['姓名', '证件号码', '行号', '退回原因'])).toBe(headerDigest(['姓名', '证件号码']))
    expect(headerDigest(['证件号码', '姓名'])).not.toBe(headerDigest(['姓名', '证件号码']))
  })
})

describe('a received file', () => {
  it('shows its first rows with secrets masked', async () => {
    const { sheets, encoding, format } = await receive(
      csvOf('medical-settlement', [settlement(person(), 'A1')]),
    )
    expect({ encoding, format }).toEqual({ encoding: 'utf-8', format: 'csv' })
    const [row] = sheets[0]?.preview ?? []
    expect(row?.[0]).toBe(person().name)
    expect(row?.[1]).toBe(`${person().idNumber.slice(0, 6)}********${person().idNumber.slice(-4)}`)
    expect(JSON.stringify(sheets)).not.toContain(person().idNumber)
  })

  it('masks secrets where no column is mapped to them, and leaves other numbers alone', () => {
    expect(
      maskCells([`证号${idNumber(1)}转`, '电话13900000001', 'JS202000000001', '12.50'], new Set()),
    ).toEqual([`证号341221********${idNumber(1).slice(-4)}转`, '电话139****0001', 'JS202000000001', '12.50'])
  })

  it('is not kept when it is too large, empty or no table', async () => {
    const before = readdirSync(intake.deps.fileDirectory).length
    await expect(receive('姓名,证件号码\r\n'.repeat(100), 500)).rejects.toMatchObject({
      code: 'file-too-large',
    })
    await expect(receive('')).rejects.toMatchObject({ code: 'file-empty' })
    await expect(receive('%PDF-1.7 …')).rejects.toMatchObject({ code: 'file-unreadable' })
    expect(readdirSync(intake.deps.fileDirectory)).toHaveLength(before)
  })

  it('is recognised when it comes again', async () => {
    const text = csvOf('medical-settlement', [settlement(person(), 'B1')])
    expect((await receive(text)).sameAs).toBeNull()
    const { ref } = await intake.deliver('medical-settlement', text)
    expect((await receive(text)).sameAs).toMatchObject({ batch: ref, state: 'merged' })
  })
})

describe('a mapping', () => {
  const odd = (no: string) =>
    csvOf('medical-settlement', [settlement(person(), no)])
      .replace('结算单号', '流水')
      .replace('个人自付', '自掏')

  it('must map every required column, to headers the file has', async () => {
    const { upload } = await receive(odd('C1'))
    const create = (mapping?: Record<string, string>) =>
      createBatch(intake.deps, commandLine, { upload, feed: 'medical-settlement', mapping })
    await expect(create()).rejects.toMatchObject({
      code: 'columns-missing',
      details: { columns: ['settlementNo', 'selfPaid'] },
    })
    await expect(create({ settlementNo: '没有' })).rejects.toMatchObject({ code: 'bad-request' })
    await expect(create({ nothing: '姓名' })).rejects.toMatchObject({ code: 'bad-request' })
  })

  it('that is saved serves the next file with the same headers', async () => {
    const { sheets } = await receive(odd('D0'))
    const guess = sheets[0]?.guesses.find(({ feed }) => feed === 'medical-settlement')
    const mapping = { ...guess?.mapping, settlementNo: '流水', selfPaid: '自掏' }
    const first = await intake.deliver('medical-settlement', odd('D1'), { mapping, saveMapping: true })
    expect(first.counts).toMatchObject({ inserted: 1 })
    const next = await receive(odd('D2'))
    expect(next.sheets[0]?.guesses[0]).toMatchObject({ feed: 'medical-settlement', saved: true, mapping })
    expect((await intake.deliver('medical-settlement', odd('D3'))).counts).toMatchObject({ inserted: 1 })
  })
})
