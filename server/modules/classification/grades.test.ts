import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays } from '#contract/days.ts'
import type { ManagementGrade } from '#contract/registry/categories.ts'
import { changeClues, openClues } from '#server/modules/clues/writing/clue-writer.ts'
import { areaScope } from '#server/modules/divisions/index.ts'
import { getOverview } from '#server/modules/insight/overview.ts'
import { clockAt } from '#server/platform/clock.ts'
import { inTransaction } from '#server/platform/database/db.ts'
import { compareTallies, findTallyDifferences, rebuildTallies } from '#server/tallies.ts'
import { openTestDatabase, type TestDatabase, testDeps } from '#test/harness/database.ts'
import { decideAbout, mergeHouseholds } from '#test/harness/registry.ts'
import { listCategorySpells, readCategories } from './operations.ts'

const province = 340_000_000_000
const county = 341_221_000_000
const firstRun = '2020-01-20'
const villages = [341_221_001_003, 341_221_001_004] as number[]
const numbers = Array.from({ length: 14 }, (_, i) => `34122100100300${String(i).padStart(3, '0')}`)
const causes = ['illness', 'water', 'housing'] as const
const grades = ['red', 'yellow', 'green'] as const satisfies ManagementGrade[]
const event = { kind: sql`'opened'`, at: new Date('2020-01-02T02:00:00Z'), details: sql`'{}'::jsonb` }
const dayAt = (n: number) => addDays('2020-01-02', n)

let t: TestDatabase
// Ten months in which clues come, go and come back, while their households are decided about and move; the same in every run.
beforeAll(async () => {
  t = await openTestDatabase()
  const { db } = t.database
  const { rows } = await sql<{ code: number }>`
    select code from division where level = 'village' and code / 1000000 = 341222 order by code limit 1`.execute(
    db,
  )
  villages.push(rows[0]?.code ?? 0)
  await sql`insert into screening_run (started_at, as_of, kind, feeds, pack, households, hits, raised, changed, cleared,
    milliseconds)
    values (now(), ${firstRun}, 'full', '{}', 'anhui-2020', 0, 0, 0, 0, 0, 0)`.execute(db)
  const place = (i: number, day: string, to = villages[i % 3] ?? 0, mark: string | null = 'relieved') =>
    mergeHouseholds(
      t.database,
      [{ householdNo: numbers[i] ?? '', villageCode: to, registered: mark !== null, reliefMark: mark }],
      { asOf: day, knownFrom: `${day}T00:00:00Z` },
    )
  for (const i of numbers.keys()) await place(i, dayAt(0), undefined, i % 4 === 0 ? null : 'relieved')
  const steps = fc.sample(
    fc.record({
      day: fc.integer({ min: 1, max: 300 }),
      household: fc.nat({ max: numbers.length - 1 }),
      what: fc.constantFrom('open', 'open', 'close', 'close', 'reopen', 'drop', 'decide', 'decide', 'move'),
      cause: fc.constantFrom(...causes),
      decision: fc.constantFrom(
        ['unstable', 'open'] as const,
        ['stable', 'resolved'] as const,
        ['stable', 'none'] as const,
        ['marginal', 'open'] as const,
      ),
      to: fc.nat({ max: 2 }),
    }),
    { numRuns: 160, seed: 11 },
  )
  for (const step of steps.toSorted((a, b) => a.day - b.day)) await take(step)

  async function take({ day: n, household: at, what, cause, decision, to }: (typeof steps)[number]) {
    const day = dayAt(n)
    if (what === 'move') return place(at, day, villages[to])
    if (what === 'decide') {
      const { rows: found } = await sql<{ county: number; id: number }>`
        select county, id from household where household_no = ${numbers[at]}`.execute(db)
      const [category, risk] = decision
      const because = risk === 'open' ? ('identified' as const) : ('resolved' as const)
      const decided = {
        category,
        risk,
        because,
        causes: ['illness'] as const,
        caseId: null,
        pack: 'anhui-2020',
        day,
        at: new Date(day),
      }
      return found[0] && decideAbout(t.database, found[0], decided)
    }
    const household = sql`select h.county, h.id from household h where h.household_no = ${numbers[at]}`
    const of = sql`(c.county, c.household_id) in (${household})`
    if (what === 'drop') {
      // Nobody takes clues away; where a table was mended by hand all is counted anew.
      await sql`delete from clue c where ${of} and c.cause = ${cause} and c.closed_on is not null`.execute(db)
      return rebuildTallies(t.database)
    }
    await inTransaction(t.database, async (session) => {
      const change = {
        open: () =>
          openClues(session.db, {
            values: {
              ...{
                county: sql`h.county`,
                householdId: sql`h.id`,
                village: sql`h.village`,
                cause: sql`${cause}`,
              },
              ...{ level: sql`'red'`, signalLevel: sql`'red'`, rules: sql`'{R01}'`, signals: sql`1` },
              ...{ strongestSignal: sql`1`, why: sql`'{}'`, state: sql`'new'`, sortName: sql`''` },
              ...{ openedOn: sql`${day}::date`, lastSignalOn: sql`${day}::date` },
            },
            from: sql`household h where h.household_no = ${numbers[at]} and not exists (
              select from clue c where c.county = h.county and c.household_id = h.id and c.cause = ${cause}
                and c.closed_on is null)`,
            event,
          }),
        close: () =>
          changeClues(session.db, {
            set: { state: sql`'cleared'`, closedOn: sql`${day}::date` },
            where: sql`${of} and c.closed_on is null and c.cause <> ${cause}`,
          }),
        reopen: () =>
          changeClues(session.db, {
            set: { state: sql`'new'`, closedOn: sql`null` },
            where: sql`${of} and c.cause = ${cause} and c.closed_on is not null and c.id = (
              select max(l.id::text)::uuid from clue l where l.county = c.county and l.household_id = c.household_id
                and l.cause = ${cause})`,
          }),
      }[what]
      await change()
    })
  }
}, 60_000)
afterAll(() => t.close())

/** Households of each grade, looked at one by one. */
async function lookAt(area: number, day: string) {
  const { from, to } = areaScope(area)
  const { rows } = await sql<{ grade: ManagementGrade | null; n: number; troubled: number }>`
    select case when s.risk = 'open' then 'red' when s.risk = 'resolved' then 'yellow'
        when s.category in ('stable', 'unstable') then case when k.open then 'yellow'
          else 'green' end end as grade, count(*) as n
    from category_spell s cross join lateral (
      select exists (select from clue c where c.county = s.county and c.household_id = s.household_id
        and c.opened_on <= ${day}
        and coalesce(c.closed_on, 'infinity') > ${day}) as open) k
    where s.village between ${from} and ${to} and s.from_on <= ${day} and coalesce(s.until_on, 'infinity') > ${day}
      group by 1`.execute(t.database.db)
  const of = (grade: ManagementGrade) => rows.find((row) => row.grade === grade)?.n ?? 0
  return { red: of('red'), yellow: of('yellow'), green: of('green') }
}

test('the grades of any day are those of each household, and behind each stands its list', async () => {
  const deps = { ...testDeps(t.database), clock: clockAt('2020-11-30') }
  const scope = areaScope(province)
  const day = fc.integer({ min: 18, max: 310 }).map(dayAt)
  const areas = fc.constantFrom(province, county, 341_221_001_000, ...villages)
  let yellow = 0
  for (const round of ['as written', 'added up']) {
    await fc.assert(
      fc.asyncProperty(areas, day, async (area, on) => {
        const counted = (await readCategories(deps, scope, area, on)).grades
        const seen = await lookAt(area, on)
        yellow += seen.yellow
        expect([
          round,
          Object.fromEntries((counted ?? []).map(({ grade, households }) => [grade, households])),
        ]).toEqual([round, seen])
        for (const grade of grades)
          expect(
            (await listCategorySpells(deps, scope, { area, grade, on }, { page: 1, size: 1 })).total,
          ).toBe(seen[grade])
      }),
      { numRuns: 40 },
    )
    expect(await compareTallies(testDeps(t.database))).toEqual([])
  }
  expect(yellow).toBeGreaterThan(0)
  expect((await readCategories(deps, scope, county, '2020-01-19')).grades).toBeNull()
})

test('households at risk a week ago are those that had an open clue then', async () => {
  const { db } = t.database
  for (let n = 30; n < 310; n += 40) {
    const deps = { ...testDeps(t.database), clock: clockAt(dayAt(n + 7)) }
    for (const area of [province, county]) {
      const { figures } = await getOverview(deps, areaScope(province), area)
      const { from, to } = areaScope(area)
      const { rows } = await sql<{ n: number }>`
        select count(distinct c.household_id) as n from clue c where c.village between ${from} and ${to}
          and c.opened_on <= ${dayAt(n)} and coalesce(c.closed_on, 'infinity') > ${dayAt(n)}`.execute(db)
      expect([area, n, figures.householdsAtRisk.weekAgo]).toEqual([area, n, rows[0]?.n])
    }
  }
})

test('what is not what it should be is found, and counted anew on demand', async () => {
  const { db } = t.database
  const spans = async () =>
    (
      await sql`select county, household_id, village, from_on, until_on, lifted from clue_span
        order by 1, 2, 4`.execute(db)
    ).rows
  const right = await spans()
  await sql`update clue_span set lifted = not lifted where until_on is null`.execute(db)
  await sql`insert into clue_span select * from clue_span where until_on is not null limit 2`.execute(db)
  const found = await compareTallies(testDeps(t.database))
  expect(found.map(({ table }) => table)).toEqual(['clue_span_tally', 'clue_span'])
  expect(await spans()).not.toEqual(right)
  await rebuildTallies(t.database)
  expect(await spans()).toEqual(right)
  expect(await findTallyDifferences(t.database)).toEqual([])
})
