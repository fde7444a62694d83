import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestApp } from '#test/harness/app.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { insertHousehold } from '#test/harness/facts.ts'
import { signInDemo } from '#test/harness/sign-in.ts'

let t: TestDatabase
let server: Awaited<ReturnType<typeof openTestApp>>
beforeAll(async () => {
  t = await openTestDatabase()
  server = await openTestApp(t)
})
afterAll(async () => {
  await server.close()
  await t.close()
})

test('a report whose confirmation was lost and that is sent again is one report, written down once', async () => {
  await insertHousehold(t.database.db, 341_221, 1)
  const { rows } = await t.database.pool.query<{ ref: string }>('select ref from household where id = 1')
  const county = await signInDemo(server.app, 'linquan')
  const report = { household: rows[0]?.ref, cause: 'illness', text: '住院', request: randomUUID() }
  const answers = []
  for (let i = 0; i < 2; i++) answers.push(await county.post('/api/clues/reports', report))
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200])
  const [first, again] = answers.map((answer) => answer.json<{ clue: string; appended: boolean }>())
  expect(again?.clue).toBe(first?.clue)
  const found = await t.database.pool.query(
    `select (select count(*)::int from clue_report) as reports,
      (select count(*)::int from audit_entry where action = 'clues.report') as entries`,
  )
  expect(found.rows).toEqual([{ reports: 1, entries: 1 }])
})
