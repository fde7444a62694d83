import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction } from '#server/platform/database/db.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { insertBatch, insertHousehold, insertPerson, insertRows } from '#test/harness/facts.ts'
import { reportComplaints } from './complaints.ts'

const county = 341_221
let t: TestDatabase
beforeAll(async () => {
  t = await openTestDatabase()
})
afterAll(() => t.close())

async function complain(
  batch: number,
  tickets: readonly { household: number; no: string; subject: string }[],
) {
  const rows = tickets.map(({ household, no, subject }, i) => ({
    ...{
      county,
      household_id: household,
      person_id: household,
      batch_id: batch,
      row_no: i + 1,
      ticket_no: no,
      line: '12345',
      subject,
    },
    ...{
      content: '家里困难，电话13956780001',
      received_on: '2020-03-01',
      known_from: '2020-03-02T00:00:00Z',
    },
  }))
  await insertRows(t.database.db, 'petition_complaint', rows)
  return inTransaction(t.database, (session) =>
    reportComplaints(session, { batchId: batch, today: '2020-03-10', now: new Date('2020-03-10T02:00:00Z') }),
  )
}

test('complaints of one household and cause are one clue; repeats join it, other causes open their own', async () => {
  const { db } = t.database
  for (const id of [1, 2]) {
    await insertHousehold(db, county, id)
    await insertPerson(db, county, id, id)
  }
  const first = await insertBatch(db, 'complaint', '2020-03-10')
  const tickets = [
    { household: 1, no: 'A1', subject: 'illness' },
    { household: 1, no: 'A2', subject: 'illness' },
    { household: 1, no: 'A3', subject: 'living' },
    { household: 2, no: 'A4', subject: 'job' },
  ]
  expect(await complain(first, tickets)).toEqual({ opened: 3 })
  const second = await insertBatch(db, 'complaint', '2020-03-17')
  expect(await complain(second, [{ household: 2, no: 'A5', subject: 'job' }])).toEqual({ opened: 0 })
  const { rows } = await sql<{
    household: number
    cause: string
    reports: number
    stated: number
    text: string
  }>`
    select c.household_id as household, c.cause, c.reports,
      (select count(*) from clue_report r where r.clue_id = c.id) as stated,
      (select max(text) from clue_report r where r.clue_id = c.id) as text
    from clue c where c.channel = 'petition' and c.state = 'new' order by c.household_id, c.cause`.execute(db)
  const text = '家里困难，电话****'
  expect(rows).toEqual([
    { household: 1, cause: 'illness', reports: 2, stated: 2, text },
    { household: 1, cause: 'other', reports: 1, stated: 1, text },
    { household: 2, cause: 'unstable-job', reports: 2, stated: 2, text },
  ])
})
