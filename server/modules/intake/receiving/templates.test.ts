import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { feeds } from '#server/modules/feeds/index.ts'
import { feedExample, feedTemplate } from '#server/modules/feeds/templates/index.ts'
import { workbookStream } from '#server/platform/files/sheets/workbook.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { openIntake, type TestIntake } from '#test/harness/intake.ts'

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
