import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { read, write } from '@e965/xlsx'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { feeds } from '#server/modules/feeds/index.ts'
import { feedExample, feedTemplate } from '#server/modules/feeds/templates/index.ts'
import { workbookStream } from '#server/platform/files/sheets/workbook.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { openIntake, type TestIntake } from '#test/harness/intake.ts'
import { commandLine } from './import-file.ts'
import { receiveFile } from './receive-file.ts'

let t: TestDatabase
let intake: TestIntake
beforeAll(async () => {
  t = await openTestDatabase()
  intake = openIntake(t.database)
})
afterAll(async () => {
  intake.close()
  await t.close()
})

it.each(feeds.map((feed) => feed.code))(
  'the template of %s, filled with its own example, is a clean batch',
  async (code) => {
    const feed = feeds.find((one) => one.code === code)
    if (!feed) throw new Error(code)
    const [data, ...explained] = feedTemplate(feed)
    if (!data) throw new Error('no sheet')
    const filled = { ...data, rows: [...(data.rows as Iterable<never>), [feedExample(feed)]] }
    const file = await buffer(workbookStream([filled, ...explained]))
    const { state, counts, ref } = await intake.deliver(code, file, { name: `${code}.xlsx` })
    expect({ state, ...counts }).toMatchObject({ state: 'merged', total: 1, rejected: 0 })
    const { rows } = await t.database.pool.query('select asides from batch where ref = $1', [ref])
    expect(rows[0].asides.counts).toEqual({ note: 1 })
  },
)

it('an empty template holds no data at all', async () => {
  const [feed] = feeds
  if (!feed) throw new Error('no feeds')
  const file = await buffer(workbookStream(feedTemplate(feed)))
  const refused = await intake.deliver(feed.code, file, { name: '空.xlsx' }).catch((error) => error)
  expect(refused.counts ?? { total: 0 }).toMatchObject({ total: 0 })
})

it('what its cells are chosen from is no sheet of the file; one of that name which people see is', async () => {
  const feed = feeds.find(({ code }) => code === 'household')
  if (!feed) throw new Error('no feed')
  const [data, ...explained] = feedTemplate(feed)
  if (!data) throw new Error('no sheet')
  const filled = { ...data, rows: [...(data.rows as Iterable<never>), [feedExample(feed)]] }
  const file = await buffer(workbookStream([filled, ...explained]))
  const names = async (bytes: Buffer) => {
    const upload = await receiveFile(intake.deps, commandLine, {
      name: '农户.xlsx',
      body: Readable.from([bytes]),
    })
    return [...upload.sheets.map(({ name }) => name), ...upload.others]
  }
  const book = read(file)
  expect(book.SheetNames.at(-1)).toBe('_choices')
  expect(await names(file)).toEqual(book.SheetNames.slice(0, -1))
  for (const sheet of book.Workbook?.Sheets ?? []) sheet.Hidden = 0
  expect(await names(write(book, { type: 'buffer', bookType: 'xlsx' }))).toContain('_choices')
})
