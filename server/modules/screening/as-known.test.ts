import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { instantOf } from '#contract/days.ts'
import { generateProvince, importProvince } from '#demo/province/index.ts'
import { assembleIntake } from '#server/assembly.ts'
import type { Clock } from '#server/platform/clock.ts'
import { type Db, inTransaction } from '#server/platform/database/db.ts'
import {
  defineExchange,
  fillExchange,
  type HouseholdPlace,
  householdPlace,
  readExchange,
  rowsOf,
} from '#server/platform/row-exchange.ts'
import { openTestDatabase, type TestDatabase, testDeps } from '#test/harness/database.ts'
import { decideAbout } from '#test/harness/registry.ts'
import { packOn } from './active-pack.ts'
import { knownIndicators, screenAsKnown } from './as-known.ts'
import { knownEvidence, knownHits, knownVerdicts, screenedHouseholds } from './exchanges.ts'
import { indicatorGroups, staleGroups } from './indicators/catalogue.ts'
import { columnsOf } from './indicators/compute.ts'
import { screen } from './screen.ts'

/** What a screening of a day left, and when it was through. */
interface Remembered {
  asOf: string
  at: Date
  households: HouseholdPlace[]
  /** Columns that the run renewed. */
  columns: string[]
  indicators: unknown[]
  /** Of full runs. */
  hits?: unknown[]
  verdicts?: unknown[]
}

const full: Remembered[] = []
const batches: Remembered[] = []
const few = defineExchange<HouseholdPlace>('few_households', householdPlace)

let t: TestDatabase
let folder: string
beforeAll(async () => {
  t = await openTestDatabase()
  folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-as-known-'))
  await liveThroughTheYear()
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await t.close()
})

let seconds = 0
/** Days as they come, every reading a second after the last: what came first is known first, whatever the time on the wall. */
const clockOn = (day: string): Clock => ({
  today: () => day,
  now: () => new Date(instantOf(day).getTime() + 1000 * seconds++),
})

const indicatorsIn = async (db: Db, table: string, of: typeof few, columns: readonly string[]) => {
  const { rows } = await sql`
    select i.county, i.household_id, ${sql.join(columns.map((column) => sql.ref(`i.${column}`)))}
    from ${sql.table(table)} i join ${rowsOf(of)} t using (county, household_id) order by 1, 2`.execute(db)
  return rows
}

const hitsIn = async (db: Db, table: string) => {
  const { rows } = await sql`
    select county, household_id, rule, rule_version, case_no, cause, level, measured, threshold, figures
    from ${sql.table(table)} order by county, household_id, rule`.execute(db)
  return rows
}

/** Every file of a small province in the order of arrival; a night after every fifth, with decisions before it. */
async function liveThroughTheYear() {
  const province = path.join(folder, 'province')
  await generateProvince({ households: 240, seed: 11, asOf: '2020-03-10', out: province, from: '2019-10' })
  let files = 0
  const depsOn = (clock: Clock) => {
    const own = clockOn(clock.today())
    const intake = assembleIntake(own)
    return {
      ...testDeps(t.database),
      clock: own,
      fileDirectory: path.join(folder, 'files'),
      intake: {
        ...intake,
        async afterMerge(...[session, merged]: Parameters<typeof intake.afterMerge>) {
          const result = await intake.afterMerge(session, merged)
          if (files % 3 === 0 && merged.feed !== 'complaint')
            batches.push(await remember(session.db, merged.asOf, own, columnsOf(staleGroups([merged.feed]))))
          return result
        },
      },
    }
  }
  await importProvince(depsOn, province, async ({ arrivedOn }) => {
    files += 1
    if (files % 5 === 0) await passNight(clockOn(arrivedOn), files)
  })
}

async function passNight(clock: Clock, n: number) {
  const asOf = clock.today()
  const { db } = t.database
  const { rows } = await sql<{ county: number; id: number }>`
    select county, id from household where closed_on is null and (id + ${n}::bigint) % 37 = 0 order by id`.execute(
    db,
  )
  for (const [i, household] of rows.entries())
    await decideAbout(t.database, household, {
      ...{
        category: 'marginal',
        risk: i % 2 === 0 ? 'open' : 'resolved',
        causes: ['illness'],
        because: 'identified',
      },
      ...{ caseId: null, pack: 'anhui-2020', day: asOf, at: clock.now() },
    })
  await inTransaction(t.database, async (session) => {
    const { run } = await screen({ policy: packOn(asOf), clock }, session, { scope: 'full' })
    const verdicts = await sql`
      select county, rule, rule_version, households, hits, cannot_judge from rule_coverage where run_id = ${run}
      order by county, rule`.execute(session.db)
    full.push({
      ...(await remember(session.db, asOf, clock, columnsOf(indicatorGroups))),
      hits: await hitsIn(session.db, 'screening_hit'),
      verdicts: verdicts.rows,
    })
  })
}

/** What the screening of this transaction has left for the households it looked at. */
async function remember(db: Db, asOf: string, clock: Clock, columns: string[]): Promise<Remembered> {
  const households = await readExchange(db, screenedHouseholds)
  const indicators = await indicatorsIn(db, 'indicator', screenedHouseholds, columns)
  return { asOf, at: clock.now(), households, columns, indicators }
}

/** Tables that a look at a past day must leave alone. */
const kept = [
  'indicator',
  'indicator_coverage',
  'signal',
  'signal_evidence',
  'screening_run',
  'rule_coverage',
  'clue',
]
async function stateOfKept() {
  const sums = kept.map(
    (table) => sql`select ${table}::text as name, md5(string_agg(k::text, ' ' order by k::text)) as sum
    from ${sql.table(table)} k`,
  )
  const { rows } = await sql`${sql.join(sums, sql` union all `)}`.execute(t.database.db)
  return rows
}

/**
 * What went to another county since is known there, also of the days before (decision 0065): such households, and sums of counties they
 * left or went to, are no longer what they were.
 */
async function stayers() {
  const { rows } = await sql<{ county: number; id: number }>`select county, id from household`.execute(
    t.database.db,
  )
  const countyOf = new Map(rows.map(({ county, id }) => [id, county]))
  const seen = [...full, ...batches].flatMap(({ households }) => households)
  const gone = new Set<number>()
  const counties = new Set<number>()
  for (const { county, householdId } of seen) {
    const now = countyOf.get(householdId)
    if (now === undefined || now === county) continue
    gone.add(householdId)
    counties.add(county).add(now)
  }
  expect(gone.size).toBeLessThan(countyOf.size * 0.05)
  return {
    stayed: (of: unknown[]) => (of as { householdId: number }[]).filter((one) => !gone.has(one.householdId)),
    untouched: (of: unknown[]) => (of as { county: number }[]).filter((one) => !counties.has(one.county)),
  }
}

const places = (households: readonly HouseholdPlace[]) => sql`
  select * from unnest(${households.map(({ county }) => county)}::int[],
    ${households.map(({ householdId }) => householdId)}::bigint[])`

describe('a past day as known then', () => {
  test('gives the indicators, hits and verdicts of every full run of the year, and changes nothing', async () => {
    const before = await stateOfKept()
    expect(full.length).toBeGreaterThan(5)
    const { stayed, untouched } = await stayers()
    for (const { asOf, at, households, columns, indicators, hits, verdicts } of full)
      await inTransaction(t.database, async (session) => {
        const { db } = session
        await screenAsKnown(session, { asOf, knownAt: at, households: 'all' })
        await fillExchange(db, few, places(households))
        expect({ asOf, rows: stayed(await indicatorsIn(db, knownIndicators, few, columns)) }).toEqual({
          asOf,
          rows: stayed(indicators),
        })
        expect({ asOf, rows: stayed(await hitsIn(db, knownHits.table)) }).toEqual({
          asOf,
          rows: stayed(hits ?? []),
        })
        const own = await sql`select * from ${rowsOf(knownVerdicts)} order by county, rule`.execute(db)
        expect({ asOf, rows: untouched(own.rows) }).toEqual({ asOf, rows: untouched(verdicts ?? []) })
      })
    expect(await stateOfKept()).toEqual(before)
    expect(full.at(-1)?.hits?.length).toBeGreaterThan(0)
  })

  test('is another day once more is known: what came late or was corrected', async () => {
    const now = clockOn('2020-03-10').now()
    const changed = await Promise.all(
      full.map(({ asOf, hits }) =>
        inTransaction(t.database, async (session) => {
          await screenAsKnown(session, { asOf, knownAt: now, households: 'all' })
          return JSON.stringify(await hitsIn(session.db, knownHits.table)) !== JSON.stringify(hits)
        }),
      ),
    )
    expect(changed).toContain(true)
  })

  test('gives what each batch made of the households it touched', async () => {
    expect(batches.length).toBeGreaterThan(10)
    const { stayed } = await stayers()
    for (const { asOf, at, households, columns, indicators } of batches)
      await inTransaction(t.database, async (session) => {
        await fillExchange(session.db, few, places(households))
        await screenAsKnown(session, { asOf, knownAt: at, households: few })
        expect({ asOf, rows: stayed(await indicatorsIn(session.db, knownIndicators, few, columns)) }).toEqual(
          {
            asOf,
            rows: stayed(indicators),
          },
        )
      })
  })

  test('gives for some households what it gives for all', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...full),
        fc.infiniteStream(fc.boolean()),
        async ({ asOf, at, households, columns, indicators, hits }, drawn) => {
          const chosen = households.filter(() => drawn.next().value)
          const isChosen = (row: unknown) =>
            chosen.some(({ householdId }) => householdId === (row as HouseholdPlace).householdId)
          await inTransaction(t.database, async (session) => {
            await fillExchange(session.db, few, places(chosen))
            await screenAsKnown(session, { asOf, knownAt: at, households: few })
            const own = await indicatorsIn(session.db, knownIndicators, few, columns)
            expect(own).toEqual(indicators.filter(isChosen))
            expect(await hitsIn(session.db, knownHits.table)).toEqual(hits?.filter(isChosen))
          })
        },
      ),
      { numRuns: 5, endOnFailure: true },
    )
  })

  test('proves a hit by the rows its figure is made of: the bills add up to it', async () => {
    const last = full.at(-1)
    if (!last) throw new Error('no night was remembered')
    await inTransaction(t.database, async (session) => {
      await screenAsKnown(session, { asOf: last.asOf, knownAt: last.at, households: 'all' })
      const hits = await readExchange(session.db, knownHits)
      const rows = await readExchange(session.db, knownEvidence)
      const proved = new Map<string, number>()
      for (const { householdId, rule, amountFen } of rows)
        proved.set(`${householdId} ${rule}`, (proved.get(`${householdId} ${rule}`) ?? 0) + (amountFen ?? 0))
      for (const { householdId, rule, measured } of hits) {
        expect([rule, householdId, proved.has(`${householdId} ${rule}`)]).toEqual([rule, householdId, true])
        if (rule === 'R01') expect(proved.get(`${householdId} ${rule}`)).toBe(measured)
      }
      expect(hits.filter(({ rule }) => rule === 'R01').length).toBeGreaterThan(0)
    })
  })
})
