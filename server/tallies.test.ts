import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays } from '#contract/days.ts'
import { securityLimits } from '#server/assembly.ts'
import { findAlarms, listAlarms } from '#server/modules/audit/alarms.ts'
import { changeClues, followSpells, openClues } from '#server/modules/clues/writing/index.ts'
import { areaScope } from '#server/modules/divisions/index.ts'
import { decideCategory } from '#server/modules/registry/index.ts'
import { clockAt } from '#server/platform/clock.ts'
import { type Database, type Db, inTransaction } from '#server/platform/database/db.ts'
import { scopedDatabase } from '#server/platform/database/scope.ts'
import { openTestDatabase, openTestRoles, type TestDatabase, testDeps } from '#test/harness/database.ts'
import { mergeHouseholds } from '#test/harness/registry.ts'
import { tallyDifferences } from '#test/harness/tally-differences.ts'
import { compareTallies, findTallyDifferences, rebuildTallies } from './tallies.ts'

const villages = [341_221_001_003, 341_221_001_004, 341_221_002_003] as const
const numbers = Array.from({ length: 6 }, (_, i) => `3412210010030${String(i).padStart(4, '0')}`)
const causes = ['illness', 'water', 'housing'] as const
const dayAt = (n: number) => addDays('2020-01-02', n)

let t: TestDatabase
let roles: Awaited<ReturnType<typeof openTestRoles>>
beforeAll(async () => {
  t = await openTestDatabase()
  roles = await openTestRoles(t)
  await mergeHouseholds(
    t.database,
    numbers.map((householdNo, i) => ({
      householdNo,
      villageCode: villages[i % 3] ?? 0,
      registered: i > 0,
      reliefMark: i > 0 ? 'relieved' : null,
    })),
    { asOf: dayAt(0), knownFrom: `${dayAt(0)}T00:00:00Z` },
  )
})
afterAll(async () => {
  await roles.close()
  await t.close()
})

interface Step {
  household: number
  what: 'open' | 'close' | 'reopen' | 'level' | 'decide'
  cause: (typeof causes)[number]
  decision: readonly ['unstable' | 'stable' | 'marginal', 'open' | 'resolved' | 'none']
  day: number
}

/** What the writers do, on rows whatever they are. */
async function take(db: Db, { household, what, cause, decision, day }: Step): Promise<void> {
  const { rows } = await sql<{ county: number; id: number }>`
    select county, id from household where household_no = ${numbers[household]}`.execute(db)
  const [key] = rows
  if (!key) return
  const of = sql`c.county = ${key.county} and c.household_id = ${key.id}`
  const on = sql`${dayAt(day)}::date`
  const [category, risk] = decision
  const event = { kind: sql`'signal'`, at: new Date('2020-03-10T02:00:00Z'), details: sql`'{}'::jsonb` }
  switch (what) {
    case 'open':
      await openClues(db, {
        values: {
          ...{ county: sql`h.county`, householdId: sql`h.id`, village: sql`h.village`, cause: sql`${cause}` },
          ...{
            level: sql`'red'`,
            signalLevel: sql`'red'`,
            rules: sql`'{R01}'`,
            signals: sql`1`,
            state: sql`'new'`,
          },
          ...{ strongestSignal: sql`1`, why: sql`'{}'`, openedOn: on, lastSignalOn: on },
        },
        from: sql`household h where h.county = ${key.county} and h.id = ${key.id} and not exists (
          select from clue c where ${of} and c.cause = ${cause} and c.closed_on is null)`,
        event,
      })
      return
    case 'close':
      await changeClues(db, {
        set: { state: sql`'cleared'`, closedOn: sql`greatest(c.opened_on, ${on})` },
        where: sql`${of} and c.cause <> ${cause} and c.closed_on is null`,
        event,
      })
      return
    case 'reopen':
      await changeClues(db, {
        set: { state: sql`'new'`, closedOn: sql`null` },
        where: sql`${of} and c.cause = ${cause} and not exists (
          select from clue o where o.county = c.county and o.household_id = c.household_id and o.cause = c.cause
            and (o.closed_on is null or (o.closed_on, o.id) > (c.closed_on, c.id)))`,
        event,
      })
      return
    case 'level':
      await changeClues(db, { set: { level: sql`'yellow'`, rules: sql`c.rules || '{R02}'` }, where: of })
      return
    case 'decide':
      await decideCategory(
        db,
        key,
        {
          ...{ category, risk, causes: ['illness'], because: risk === 'open' ? 'identified' : 'resolved' },
          ...{ caseId: null, pack: 'anhui-2020', day: dayAt(day), at: new Date(dayAt(day)) },
        },
        followSpells,
      )
  }
}

const step = fc.record<Step>({
  household: fc.nat({ max: numbers.length - 1 }),
  what: fc.constantFrom('open', 'open', 'close', 'reopen', 'level', 'decide', 'decide'),
  cause: fc.constantFrom(...causes),
  decision: fc.constantFrom(
    ['unstable', 'open'],
    ['stable', 'none'],
    ['stable', 'resolved'],
    ['marginal', 'open'],
  ),
  day: fc.integer({ min: 1, max: 200 }),
})
const move = fc.record({
  household: fc.nat({ max: numbers.length - 1 }),
  to: fc.constantFrom(...villages),
  day: step.map(({ day }) => day),
})
const work = fc.record({ steps: fc.array(step, { minLength: 1, maxLength: 5 }), isKept: fc.boolean() })

/** A household lives elsewhere from a day on: its spells are parted there, and the next screening takes its clues along. */
async function settle({ household, to, day }: { household: number; to: number; day: number }) {
  const householdNo = numbers[household] ?? ''
  await mergeHouseholds(
    t.database,
    [
      {
        householdNo,
        villageCode: to,
        registered: household > 0,
        reliefMark: household > 0 ? 'relieved' : null,
      },
    ],
    { asOf: dayAt(day), knownFrom: new Date().toISOString() },
  )
  await inTransaction(roles.roles.work, ({ db }) =>
    changeClues(db, {
      set: { village: sql`h.village` },
      from: sql`household h`,
      where: sql`h.county = c.county and h.id = c.household_id and h.household_no = ${householdNo}`,
    }),
  )
}

/** A township's account, a county's, and jobs, each with connections of its own. */
function writers(): Database[] {
  const scoped = (area: number) => {
    const { from, to } = areaScope(area)
    return scopedDatabase(roles.roles.app, roles.roles.work, {
      ...{ from, to, holder: null, user: 'u', area: { from, to }, feeds: null, audit: false },
    })
  }
  return [scoped(341_221_001_000), scoped(341_221_000_000), roles.roles.work, t.database]
}

const stop = new Error('undo')
// A choice of the database between two that wait for each other, and of this test to keep nothing.
const isUndone = (error: unknown) =>
  error === stop ||
  (error instanceof Error && 'code' in error && ['40P01', '23505', '23P01'].includes(String(error.code)))

async function run(database: Database, { steps, isKept }: { steps: readonly Step[]; isKept: boolean }) {
  try {
    await inTransaction(database, async ({ db }) => {
      for (const one of steps) await take(db, one)
      if (!isKept) throw stop
    })
    return true
  } catch (error) {
    if (!isUndone(error)) throw error
    return false
  }
}

async function expectTrueTallies() {
  expect(await findTallyDifferences(t.database)).toEqual([])
  for (const [tally, differences] of Object.entries(tallyDifferences))
    expect([tally, (await t.database.pool.query(differences)).rows]).toEqual([tally, []])
}

test('whatever the writers do, one after the other, the tallies are what they should be', async () => {
  const all = writers()
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(work, work, move), { minLength: 1, maxLength: 10 }),
      async (things) => {
        for (const [i, thing] of things.entries()) {
          const writer = all[i % all.length]
          if ('to' in thing) await settle(thing)
          else if (writer) await run(writer, thing)
        }
        await expectTrueTallies()
      },
    ),
    { numRuns: 40 },
  )
  const { rows } = await t.database.pool.query<{ spans: number; closed: number }>(
    'select count(*)::int as spans, count(until_on)::int as closed from clue_span',
  )
  expect(rows[0]?.closed).toBeGreaterThan(0)
})

test('and so they are when many write the same households at once', async () => {
  const lists = fc.sample(fc.array(work, { minLength: 40, maxLength: 40 }), { numRuns: 8, seed: 52 })
  let kept = 0
  await Promise.all(
    lists.map(async (list, i) => {
      const writer = writers()[i % 4]
      for (const one of list) if (writer && (await run(writer, { ...one, isKept: true }))) kept += 1
    }),
  )
  expect(kept).toBeGreaterThan(100)
  await expectTrueTallies()
  expect(await compareTallies(testDeps(t.database))).toEqual([])
  await expectTrueTallies()
})

test('a clue and a spell of one household that change at one moment know of each other', async () => {
  const { rows } = await t.database.pool.query<{ no: string }>(
    'select household_no as no from household order by 1',
  )
  for (const [household] of rows.entries())
    for (const cause of causes) {
      const plain = { household, cause, decision: ['stable', 'none'], day: 300 } as const
      await run(t.database, { steps: [{ ...plain, what: 'close', cause: 'other' as 'water' }], isKept: true })
      const meet = meeting(2)
      const at = (what: Step['what'], decision: Step['decision']) =>
        inTransaction(t.database, async ({ db }) => {
          await take(db, { ...plain, what, decision })
          await meet()
        })
      await Promise.all([
        at('open', plain.decision),
        at('decide', causes.indexOf(cause) % 2 ? ['stable', 'none'] : ['marginal', 'open']),
      ])
      await expectTrueTallies()
    }
})

/** Whoever comes waits until all are there. */
function meeting(of: number): () => Promise<void> {
  let come = 0
  const { promise, resolve } = Promise.withResolvers<void>()
  return () => {
    come += 1
    if (come === of) resolve()
    return promise
  }
}

test('a tally that differs raises an alarm at night, and stays as it is until all is counted anew', async () => {
  await t.database.pool.query(
    `insert into clue_tally (county, level, cause, state, rules, channel, clues)
     values (341221, 'red', 'water', 'new', '{R99}', 'rule', 1)`,
  )
  const alarms = async () => {
    await findAlarms({ database: t.database }, securityLimits(clockAt('2020-03-10')))
    return (await listAlarms(t.database.db, areaScope(340_000_000_000), { kind: ['tally-differences'] })).rows
  }
  expect(await alarms()).toEqual([])
  const [found] = await compareTallies(testDeps(t.database))
  expect(found).toMatchObject({ table: 'clue_tally', differences: 1 })
  expect(await alarms()).toMatchObject([{ count: 1, state: 'open', account: { username: 'system' } }])
  expect(await findTallyDifferences(t.database)).toHaveLength(1)
  await rebuildTallies(t.database)
  await expectTrueTallies()
})

test('outside a transaction nobody changes what is counted', async () => {
  await expect(
    take(t.database.db, {
      ...{
        household: 1,
        what: 'decide',
        cause: 'illness',
        decision: ['stable', 'none'],
        village: 0,
        day: 210,
      },
    }),
  ).rejects.toThrow('transaction')
})
