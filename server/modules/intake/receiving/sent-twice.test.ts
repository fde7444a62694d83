import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import {
  csvOf,
  openIntake,
  registerPeople,
  settlement,
  type TestIntake,
  type TestPerson,
} from '#test/harness/intake.ts'
import { processBatch } from '../pipeline/process-batch.ts'
import { createBatch, type NewBatch } from './create-batch.ts'
import { commandLine } from './import-file.ts'
import { receiveFile, type Sender } from './receive-file.ts'

const feed = 'medical-settlement'

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

async function send(numbers: string, sender: Sender = commandLine): Promise<string> {
  const rows = people.map((person, i) => settlement(person, `${numbers}${i}`))
  const body = Readable.from([Buffer.from(csvOf(feed, rows))])
  return (await receiveFile(intake.deps, sender, { name: '结算.csv', body })).upload
}
const create = (upload: string, more: Partial<NewBatch> = {}) =>
  createBatch(intake.deps, commandLine, { upload, feed, periodTo: '2020-02-29', ...more })
const count = async (what: string) =>
  (await t.database.pool.query<{ n: number }>(`select count(*)::int as n from ${what}`)).rows[0]?.n

test('a batch whose confirmation was lost and that is requested again, also at the same time, is one', async () => {
  const upload = await send('A')
  const before = await count("audit_entry where action = 'batches.create'")
  const both = await Promise.all([create(upload), create(upload)])
  const third = await create(upload)
  expect(new Set([...both, third].map(({ ref }) => ref)).size).toBe(1)
  expect(third.state).toBe('received')
  expect(await count("audit_entry where action = 'batches.create'")).toBe((before ?? 0) + 1)
  expect(await processBatch(intake.deps, third.id)).toBe('merged')
  // Its answer came so late that it was done by then.
  expect(await create(upload)).toMatchObject({ ref: third.ref, state: 'merged' })
})

test('a file whose upload was sent again is the batch that is on its way', async () => {
  const first = await create(await send('B'))
  const again = await create(await send('B'))
  expect(again).toEqual(first)
  expect(await processBatch(intake.deps, first.id)).toBe('merged')
  // Later and on purpose: a word of its own that it brings nothing new.
  const later = await create(await send('B'))
  expect(later).toMatchObject({ state: 'unchanged' })
  expect(later.ref).not.toBe(first.ref)
})

test('what is read otherwise, is of somebody else, or ended without a merge is a batch of its own', async () => {
  const upload = await send('C')
  const first = await create(upload)
  const refs = [
    first.ref,
    (await create(upload, { periodTo: '2020-01-31' })).ref,
    (await create(upload, { area: 341_221_000_000 })).ref,
  ]
  await t.database.pool.query(
    "insert into auth_user (id, name, email) values ('another', '另一人', 'another@example.invalid')",
  )
  const other = { ...commandLine, userId: 'another' }
  const theirs = { upload: await send('C', other), feed, periodTo: '2020-02-29' }
  refs.push((await createBatch(intake.deps, other, theirs)).ref)
  await t.database.pool.query("update batch set state = 'failed' where id = $1", [first.id])
  refs.push((await create(upload)).ref)
  expect(new Set(refs).size).toBe(refs.length)
})
