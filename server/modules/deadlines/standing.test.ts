import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays } from '#contract/days.ts'
import { rhythmStandingOn, Standing, standingOn } from '#contract/work/standing.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { isOverdueOn, rhythmStanding, standings } from './standing.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await openTestDatabase()
})
afterAll(() => t.close())

const days = { today: '2020-03-10', soon: '2020-03-13', until: '2020-03-15' }
/** Every day around those that part the standings, and none. */
const around = [null, ...Array.from({ length: 12 }, (_, i) => addDays('2020-03-07', i))]

test('the database and the page mean the same by overdue, due and later, paused or not', async () => {
  const rows = around.flatMap((dueOn) => [false, true].map((isPaused) => ({ dueOn, isPaused })))
  const clock = { due: sql`x.due_on`, paused: sql`x.paused` }
  const parts = standings(clock, days)
  const { rows: found } = await sql<Record<Standing | 'late', boolean | null>>`
    select ${sql.join(Standing.options.map((one) => sql`${parts[one]} as ${sql.ref(one)}`))},
      ${isOverdueOn(clock, days.today)} as late
    from unnest(${rows.map(({ dueOn }) => dueOn)}::date[], ${rows.map(({ isPaused }) => isPaused)}::bool[])
      with ordinality x (due_on, paused, n) order by x.n`.execute(t.database.db)
  expect(found.map((row) => Standing.options.filter((one) => row[one] === true))).toEqual(
    rows.map((row) => [standingOn(row, days)]),
  )
  expect(found.map(({ late }) => late)).toEqual(rows.map((row) => standingOn(row, days) === 'overdue'))
})

test('who was never visited is not overdue, in the database as on the page', async () => {
  const rows = around.flatMap((dueOn) => [null, '2020-01-01'].map((lastOn) => ({ dueOn, lastOn })))
  const { rows: found } = await sql<{ standing: string | null }>`
    select ${rhythmStanding(sql`x`, days)} as standing
    from unnest(${rows.map(({ dueOn }) => dueOn)}::date[], ${rows.map(({ lastOn }) => lastOn)}::date[])
      with ordinality x (due_on, last_on, n) order by x.n`.execute(t.database.db)
  expect(found.map(({ standing }) => standing ?? undefined)).toEqual(
    rows.map((row) => rhythmStandingOn(row, days)),
  )
})
