import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { areaScope } from '#server/modules/divisions/index.ts'
import { packOn } from '#server/modules/screening/index.ts'
import { openTestDatabase, type TestDatabase, testDeps } from '#test/harness/database.ts'
import { insertHousehold } from '#test/harness/facts.ts'
import {
  hospital,
  lowIncome,
  mergeChanges,
  mildDisability,
  testCounty,
  uninsured,
} from '#test/harness/signals.ts'
import { dispatchClues } from '../work/dispatch.ts'

let t: TestDatabase
let last = 0
beforeAll(async () => {
  t = await openTestDatabase()
})
afterAll(() => t.close())

async function newHousehold(): Promise<number> {
  last += 1
  await insertHousehold(t.database.db, testCounty, last)
  return last
}

async function cluesOf(household: number) {
  const { rows } = await sql<{
    id: string
    cause: string
    level: string
    rules: string[]
    signals: number
    state: string
    why: { zh: string; en: string }
    village: number
    openedOn: string
    closedOn: string | null
    lastSignalOn: string
  }>`select id, cause, level, rules, signals, state, why, village, opened_on, closed_on, last_signal_on
    from clue where household_id = ${household} order by opened_on, cause`.execute(t.database.db)
  return rows
}

async function eventsOf(household: number) {
  const { rows } = await sql<{ kind: string; details: Record<string, string> }>`
    select e.kind, e.details from clue_event e join clue c on c.county = e.county and c.id = e.clue_id
    where c.household_id = ${household} order by e.id`.execute(t.database.db)
  return rows.map(({ kind, details }) => [kind, details] as const)
}

const kinds = async (household: number) => (await eventsOf(household)).map(([kind]) => kind)

test('signals of one cause make one clue, explained by the strongest', async () => {
  const household = await newHousehold()
  const changes = await mergeChanges(t.database, '2020-03-01', [
    { household, ...hospital },
    { household, ...uninsured },
    { household, ...mildDisability },
  ])
  expect(changes).toEqual({ opened: 2, reopened: 0, cleared: 0 })
  const [disability, illness] = await cluesOf(household)
  expect(illness).toMatchObject({
    cause: 'illness',
    level: 'red',
    rules: ['R01', 'R05'],
    signals: 2,
    state: 'new',
  })
  expect(illness?.why.zh).toBe('测试户家有 1 人 2020 年既没参加居民医保，也没参加职工医保。')
  expect(disability).toMatchObject({ cause: 'disability', level: 'yellow', rules: ['R13'] })
  expect(await eventsOf(household)).toEqual([
    ['opened', { level: 'yellow', rules: 'R13' }],
    ['opened', { level: 'red', rules: 'R01,R05' }],
  ])
})

test('a further or changed signal joins the open clue and its timeline', async () => {
  const household = await newHousehold()
  await mergeChanges(t.database, '2020-03-01', [{ household, ...hospital }])
  const again = await mergeChanges(t.database, '2020-03-05', [
    { household, ...hospital, measured: 900_000, margin: 1.8, change: 'changed' },
    { household, ...uninsured },
  ])
  expect(again).toEqual({ opened: 0, reopened: 0, cleared: 0 })
  expect(await cluesOf(household)).toMatchObject([
    { level: 'red', rules: ['R01', 'R05'], openedOn: '2020-03-01', lastSignalOn: '2020-03-05' },
  ])
  expect(await eventsOf(household)).toEqual([
    ['opened', { level: 'orange', rules: 'R01' }],
    ['signal', { rule: 'R01', level: 'orange', change: 'changed' }],
    ['signal', { rule: 'R05', level: 'red', change: 'raised' }],
    ['level', { from: 'orange', to: 'red' }],
  ])
})

test('nothing changed leaves nothing behind', async () => {
  const household = await newHousehold()
  await mergeChanges(t.database, '2020-03-01', [{ household, ...hospital }])
  expect(await mergeChanges(t.database, '2020-03-02', [])).toEqual({ opened: 0, reopened: 0, cleared: 0 })
  expect(await kinds(household)).toEqual(['opened'])
})

test('a clue nobody has yet is cleared with its last signal, and not before', async () => {
  const household = await newHousehold()
  await mergeChanges(t.database, '2020-03-01', [
    { household, ...hospital },
    { household, ...uninsured },
  ])
  await mergeChanges(t.database, '2020-03-03', [{ household, ...uninsured, change: 'cleared' }])
  expect(await cluesOf(household)).toMatchObject([
    { state: 'new', level: 'orange', rules: ['R01'], signals: 1 },
  ])
  const changes = await mergeChanges(t.database, '2020-03-04', [
    { household, ...hospital, change: 'cleared' },
  ])
  expect(changes.cleared).toBe(1)
  expect(await cluesOf(household)).toMatchObject([
    { state: 'cleared', closedOn: '2020-03-04', rules: ['R01'], signals: 0 },
  ])
  expect(await kinds(household)).toEqual(['opened', 'signal-cleared', 'level', 'signal-cleared', 'cleared'])
})

test('a dispatched clue stays with who has it when its signals cease', async () => {
  const household = await newHousehold()
  await mergeChanges(t.database, '2020-03-01', [{ household, ...hospital }])
  const [clue] = await cluesOf(household)
  const area = testCounty * 1e6
  await dispatchClues(
    testDeps(t.database, '2020-03-02'),
    { userId: null, area, scope: areaScope(area) },
    { ids: [clue?.id ?? ''], to: 'village', deadlineWorkingDays: 5, note: '', dryRun: false },
  )
  const changes = await mergeChanges(t.database, '2020-03-03', [
    { household, ...hospital, change: 'cleared' },
  ])
  expect(changes.cleared).toBe(0)
  expect(await cluesOf(household)).toMatchObject([{ state: 'dispatched', signals: 0, closedOn: null }])
  expect(await kinds(household)).toEqual(['opened', 'dispatched', 'signal-cleared'])
  // And a new hit joins it.
  await mergeChanges(t.database, '2020-03-06', [{ household, ...hospital }])
  expect(await cluesOf(household)).toMatchObject([{ state: 'dispatched', signals: 1 }])
})

test('what comes back within the merge window reopens its clue; later it is a new one', async () => {
  const soon = await newHousehold()
  const late = await newHousehold()
  const both = [soon, late]
  await mergeChanges(
    t.database,
    '2020-01-02',
    both.map((household) => ({ household, ...hospital })),
  )
  await mergeChanges(
    t.database,
    '2020-01-10',
    both.map((household) => ({ household, ...hospital, change: 'cleared' as const })),
  )
  expect(await mergeChanges(t.database, '2020-02-08', [{ household: soon, ...hospital }])).toMatchObject({
    reopened: 1,
    opened: 0,
  })
  expect(await mergeChanges(t.database, '2020-02-09', [{ household: late, ...hospital }])).toMatchObject({
    reopened: 0,
    opened: 1,
  })
  expect(await cluesOf(soon)).toMatchObject([{ state: 'new', openedOn: '2020-01-02', closedOn: null }])
  expect(await kinds(soon)).toEqual(['opened', 'signal-cleared', 'cleared', 'reopened'])
  expect(await cluesOf(late)).toMatchObject([
    { state: 'cleared', closedOn: '2020-01-10' },
    { state: 'new', openedOn: '2020-02-09' },
  ])
})

/** The policy with another number of yellow causes that make orange. */
function policyWith(yellowCauses: number) {
  const pack = packOn('2020-03-10')
  const parameter = pack.parameters.get('yellowCausesForOrange')
  if (!parameter) throw new Error('no parameter')
  const values = parameter.values.map((value) => ({ ...value, value: yellowCauses }))
  return { ...pack, parameters: new Map([...pack.parameters, [parameter.key, { ...parameter, values }]]) }
}

test('yellow signals of several causes in one household make orange, as many as the policy says', async () => {
  const household = await newHousehold()
  const yellow = [mildDisability, lowIncome].map((signal) => ({ household, ...signal }))
  const other = await newHousehold()
  await mergeChanges(t.database, '2020-03-01', [...yellow, { household: other, ...lowIncome }], policyWith(2))
  expect((await cluesOf(household)).map(({ level }) => level)).toEqual(['orange', 'orange'])
  expect((await cluesOf(other)).map(({ level }) => level)).toEqual(['yellow'])
  expect((await eventsOf(household)).slice(2)).toEqual([
    ['level', { from: 'yellow', to: 'orange', causes: '2' }],
    ['level', { from: 'yellow', to: 'orange', causes: '2' }],
  ])
  await mergeChanges(
    t.database,
    '2020-03-02',
    [{ household, ...lowIncome, change: 'cleared' }],
    policyWith(2),
  )
  expect(await cluesOf(household)).toMatchObject([
    { cause: 'disability', level: 'yellow' },
    { cause: 'other', state: 'cleared' },
  ])
  const third = await newHousehold()
  await mergeChanges(
    t.database,
    '2020-03-01',
    yellow.map((one) => ({ ...one, household: third })),
    policyWith(3),
  )
  expect((await cluesOf(third)).map(({ level }) => level)).toEqual(['yellow', 'yellow'])
})

test('a household that moves takes its clue along', async () => {
  const household = await newHousehold()
  await mergeChanges(t.database, '2020-03-01', [{ household, ...hospital }])
  const village = testCounty * 1e6 + 102_201
  await sql`update household set village = ${village} where county = ${testCounty} and id = ${household}`.execute(
    t.database.db,
  )
  await mergeChanges(t.database, '2020-03-02', [{ household, ...hospital, change: 'changed' }])
  expect(await cluesOf(household)).toMatchObject([{ village }])
})

test('a fact that was found to be no risk comes back only when it changed', async () => {
  const household = await newHousehold()
  await mergeChanges(t.database, '2020-01-02', [{ household, ...hospital }])
  const [excluded] = await cluesOf(household)
  await sql`update clue set state = 'excluded', closed_on = '2020-01-06', outcome_reason = 'cost-reimbursed'
    where id = ${excluded?.id}::uuid`.execute(t.database.db)
  await sql`insert into clue_shield (county, household_id, village, cause, rule, figures, clue_id, since)
    select county, household_id, village, cause, rule, figures, ${excluded?.id}::uuid, '2020-01-06' from signal
    where household_id = ${household}`.execute(t.database.db)
  await mergeChanges(t.database, '2020-02-01', [{ household, ...hospital, change: 'cleared' }])
  expect(await mergeChanges(t.database, '2020-02-02', [{ household, ...hospital }])).toMatchObject({
    opened: 0,
    reopened: 0,
  })
  const worse = { household, ...hospital, measured: 900_000, change: 'changed' } as const
  expect(await mergeChanges(t.database, '2020-03-02', [worse])).toMatchObject({ opened: 1 })
  expect((await cluesOf(household)).map(({ state }) => state)).toEqual(['excluded', 'new'])
})

test('a fact that was gone longer than the merge window is a new one, however alike', async () => {
  const household = await newHousehold()
  await mergeChanges(t.database, '2020-01-02', [{ household, ...hospital }])
  const [excluded] = await cluesOf(household)
  await sql`update clue set state = 'excluded', closed_on = '2020-01-06', outcome_reason = 'fact-wrong'
    where id = ${excluded?.id}::uuid`.execute(t.database.db)
  await sql`insert into clue_shield (county, household_id, village, cause, rule, figures, clue_id, since)
    select county, household_id, village, cause, rule, figures, ${excluded?.id}::uuid, '2020-01-06' from signal
    where household_id = ${household}`.execute(t.database.db)
  await mergeChanges(t.database, '2020-02-01', [{ household, ...hospital, change: 'cleared' }])
  expect(await mergeChanges(t.database, '2020-03-20', [{ household, ...hospital }])).toMatchObject({
    opened: 1,
  })
})

test('what befalls a household whose risk is being dealt with joins the confirmed clue', async () => {
  const household = await newHousehold()
  await mergeChanges(t.database, '2020-01-02', [{ household, ...hospital }])
  const [clue] = await cluesOf(household)
  await sql`update clue set state = 'confirmed', closed_on = '2020-01-06' where id = ${clue?.id}::uuid`.execute(
    t.database.db,
  )
  await sql`update household set risk = 'open' where id = ${household}`.execute(t.database.db)
  const worse = { household, ...hospital, measured: 900_000, change: 'changed' } as const
  expect(await mergeChanges(t.database, '2020-02-02', [worse])).toMatchObject({ opened: 0 })
  expect((await kinds(household)).at(-1)).toBe('signal')
  await sql`update household set risk = 'resolved' where id = ${household}`.execute(t.database.db)
  expect(await mergeChanges(t.database, '2020-09-02', [{ ...worse, measured: 990_000 }])).toMatchObject({
    opened: 1,
  })
})
