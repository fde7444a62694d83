import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runNightSteps, screenProvince } from '#server/night.ts'
import { clockAt } from '#server/platform/clock.ts'
import { inTransaction } from '#server/platform/database/db.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { insertHousehold } from '#test/harness/facts.ts'
import { hospital, lowIncome, mergeChanges, testCounty, uninsured } from '#test/harness/signals.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await openTestDatabase()
  for (const household of [1, 2, 3, 4, 5]) await insertHousehold(t.database.db, testCounty, household)
})
afterAll(() => t.close())

const night = (day: string) => inTransaction(t.database, (session) => runNightSteps(session, clockAt(day)))

async function end(household: number, state: 'solved' | 'excluded', day: string) {
  const reason = state === 'excluded' ? 'fact-wrong' : null
  await sql`update clue set state = ${state}, closed_on = ${day}::date, outcome_reason = ${reason},
    outcome_note = '已办低保'
    where household_id = ${household} and closed_on is null`.execute(t.database.db)
}

async function cluesOf(household: number) {
  const { rows } = await sql<{ state: string; closedOn: string | null; dispatchDueOn: string | null }>`
    select state, closed_on, dispatch_due_on from clue where household_id = ${household}
      order by opened_on, id`.execute(t.database.db)
  return rows
}

test('what a department called solved opens anew after its days where the facts still stand, and says so', async () => {
  await mergeChanges(t.database, '2020-03-01', [
    ...[1, 2, 3, 4].map((household) => ({ household, ...hospital })),
    { household: 1, ...lowIncome },
  ])
  for (const household of [1, 2, 3]) await end(household, 'solved', '2020-03-06')
  await end(4, 'excluded', '2020-03-06')
  // Of the second the facts ceased to hold; of the third a changed signal opened another clue meanwhile.
  await mergeChanges(t.database, '2020-03-20', [
    { household: 2, ...hospital, change: 'cleared' },
    { household: 3, ...uninsured },
  ])
  expect(await night('2020-04-09')).toMatchObject({ rechecked: 0 })
  expect(await night('2020-04-10')).toMatchObject({ rechecked: 2 })
  expect(await cluesOf(1)).toEqual([
    { state: 'new', closedOn: null, dispatchDueOn: '2020-04-14' },
    { state: 'new', closedOn: null, dispatchDueOn: '2020-04-14' },
  ])
  expect((await cluesOf(2)).map(({ state }) => state)).toEqual(['solved'])
  expect((await cluesOf(3)).map(({ state }) => state)).toEqual(['solved', 'new'])
  expect((await cluesOf(4)).map(({ state }) => state)).toEqual(['excluded'])
  const { rows } = await sql<{ kind: string; details: object }>`
    select kind, details from clue_event where kind = 'rechecked' order by id`.execute(t.database.db)
  expect(rows[0]).toEqual({
    kind: 'rechecked',
    details: { rules: 'R01', level: 'orange', solvedOn: '2020-03-06' },
  })
  expect(await night('2020-04-11')).toMatchObject({ rechecked: 0 })
})

test('a monitored household is judged as one and has a plan from the night on, and none once it is monitored no longer', async () => {
  const platform = { database: t.database, clock: clockAt('2020-04-12') }
  const monitoredNow = async () => {
    const { rows } = await sql<{ monitored: boolean }>`
      select monitored from indicator where household_id = 5`.execute(t.database.db)
    return rows[0]?.monitored
  }
  await screenProvince(platform)
  expect(await monitoredNow()).toBe(false)
  await sql`update household set risk = 'open' where id = 5`.execute(t.database.db)
  const { night: done } = await screenProvince(platform)
  expect([done.plans, await monitoredNow()]).toEqual([{ opened: 1, closed: 0 }, true])
  const { rows } = await sql<{ openedOn: string; dueOn: string; firstMeasureDueOn: string }>`
    select opened_on, due_on, first_measure_due_on from plan`.execute(t.database.db)
  expect(rows).toEqual([{ openedOn: '2020-04-12', dueOn: '2020-04-22', firstMeasureDueOn: '2020-05-12' }])
  await sql`update household set risk = 'none' where id = 5`.execute(t.database.db)
  const later = await screenProvince({ ...platform, clock: clockAt('2020-04-13') })
  expect(later.night.plans).toEqual({ opened: 0, closed: 1 })
})
