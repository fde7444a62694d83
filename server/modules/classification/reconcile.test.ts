import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays } from '#contract/days.ts'
import { SpellChange, type SpellFilter } from '#contract/registry/categories.ts'
import { areaScope } from '#server/modules/divisions/index.ts'
import { clockAt } from '#server/platform/clock.ts'
import { openTestDatabase, type TestDatabase, testDeps } from '#test/harness/database.ts'
import { decideAbout, mergeHouseholds } from '#test/harness/registry.ts'
import { listCategorySpells, readCategories, reconcile, scaleOf } from './operations.ts'

const province = 340_000_000_000
const county = 341_221_000_000
const villages = [341_221_001_003, 341_221_001_004, 341_222_001_001] as const
const numbers = Array.from({ length: 12 }, (_, i) => `34122100100300${String(i).padStart(3, '0')}`)

let t: TestDatabase
beforeAll(async () => {
  t = await openTestDatabase()
  const { rows } = await sql<{ code: number }>`
    select code from division where level = 'village' and code / 1000000 = 341222 order by code limit 1`.execute(
    t.database.db,
  )
  const elsewhere = rows[0]?.code ?? villages[2]
  const marks = ['relieved', 'unrelieved', null] as const
  // A year of files and decisions, the same in every run.
  const random = fc.sample(
    fc.record({
      day: fc.integer({ min: 0, max: 300 }),
      household: fc.nat({ max: numbers.length - 1 }),
      mark: fc.constantFrom(...marks),
      monitored: fc.constantFrom('unstable', 'marginal', null, null),
      place: fc.constantFrom(villages[0], villages[1], elsewhere),
      decide: fc.constantFrom('open', 'resolved', null, null),
      gone: fc.boolean(),
    }),
    { numRuns: 90, seed: 7 },
  )
  for (const change of random.toSorted((a, b) => a.day - b.day)) {
    const day = addDays('2020-01-02', change.day)
    const householdNo = numbers[change.household] ?? ''
    const options = { asOf: day, knownFrom: `${day}T00:00:00Z` }
    const fact = {
      ...{
        householdNo,
        villageCode: change.place,
        registered: change.mark !== null,
        reliefMark: change.mark,
      },
      monitoringCategory: change.monitored,
    }
    await mergeHouseholds(t.database, [fact], options)
    if (change.gone && change.day % 5 === 0) {
      await mergeHouseholds(t.database, [], { ...options, withdraw: [householdNo] })
      continue
    }
    const { rows: found } = await sql<{ county: number; id: number }>`
      select county, id from household where household_no = ${householdNo} and closed_on is null`.execute(
      t.database.db,
    )
    if (change.decide && found[0])
      await decideAbout(t.database, found[0], {
        ...{
          category: 'marginal',
          risk: change.decide,
          causes: ['illness'],
          caseId: null,
          pack: 'anhui-2020',
          day,
          at: new Date(day),
        },
        because: change.decide === 'open' ? 'identified' : 'resolved',
      })
  }
})
afterAll(() => t.close())

const total = (flows: Record<string, number | undefined>) =>
  Object.values(flows).reduce<number>((sum, n) => sum + (n ?? 0), 0)

/** Households at the end of a day, counted one by one. */
async function stock(area: number, day: string): Promise<Map<string, number>> {
  const { from, to } = areaScope(area)
  const { rows } = await sql<{ key: string; n: number }>`
    select (select s.category || '/' || s.risk from category_spell s where s.county = h.county and s.household_id = h.id
        and s.from_on <= ${day}::date and coalesce(s.until_on, 'infinity') > ${day}::date
        and s.village between ${from} and ${to}) as key, count(*) as n
    from (select distinct county, household_id as id from category_spell) h group by 1`.execute(t.database.db)
  return new Map(rows.filter(({ key }) => key !== null).map(({ key, n }) => [key, n]))
}

test('between any two days every line adds up, and its ends are what is counted household by household', async () => {
  const deps = testDeps(t.database)
  const day = fc.integer({ min: -5, max: 320 }).map((n) => addDays('2020-01-02', n))
  const areas = fc.constantFrom(province, county, villages[0], villages[1])
  let moved = 0
  await fc.assert(
    fc.asyncProperty(areas, day, day, async (area, one, other) => {
      const [from = one, to = other] = [one, other].toSorted()
      const { rows } = await reconcile(deps, areaScope(province), area, { from, to })
      const [before, after] = [await stock(area, from), await stock(area, to)]
      for (const row of rows) {
        const key = `${row.category}/${row.risk}`
        expect(row.before + total(row.in) - total(row.out)).toBe(row.after)
        expect([row.before, row.after]).toEqual([before.get(key) ?? 0, after.get(key) ?? 0])
        moved += total(row.in)
      }
      const keys = new Set(rows.map(({ category, risk }) => `${category}/${risk}`))
      expect([...before.keys(), ...after.keys()].filter((key) => !keys.has(key))).toEqual([])
      const summary = await readCategories(deps, areaScope(province), area, to)
      const households = summary.rows.reduce((sum, row) => sum + row.households, 0)
      expect(households).toBe([...after.values()].reduce((sum, n) => sum + n, 0))
    }),
    { numRuns: 60 },
  )
  expect(moved).toBeGreaterThan(0)
  await expect(
    reconcile(deps, areaScope(county), province, { from: '2020-01-01', to: '2020-02-01' }),
  ).rejects.toMatchObject({
    code: 'not-found',
  })
})

test('behind every figure stand as many spells, of stock, flow, cause and grade', async () => {
  const deps = { ...testDeps(t.database), clock: clockAt('2020-12-01') }
  const scope = areaScope(province)
  const first = { page: 1, size: 200 }
  const spells = (filter: SpellFilter) => listCategorySpells(deps, scope, filter, first)
  const days = { from: '2020-03-01', to: '2020-12-01' }
  const { rows } = await reconcile(deps, scope, county, days)
  for (const { category, risk, after, in: came, out } of rows) {
    const line = { area: county, category: [category], risk: [risk] }
    expect((await spells({ ...line, on: days.to })).total).toBe(after)
    expect((await spells({ ...line, ...days, change: 'in' })).total).toBe(total(came))
    for (const because of SpellChange.options)
      expect((await spells({ ...line, ...days, change: 'out', because: [because] })).total).toBe(
        out[because] ?? 0,
      )
  }
  await sql`insert into screening_run (started_at, as_of, kind, feeds, pack, households, hits, raised, changed, cleared,
    milliseconds)
    values (now(), '2020-11-01', 'full', '{}', 'anhui-2020', 0, 0, 0, 0, 0, 0)`.execute(t.database.db)
  const summary = await readCategories(deps, scope, province, days.to)
  const monitored = await spells({ risk: ['open'] })
  expect(summary.byCause.reduce((sum, { households }) => sum + households, 0)).toBe(monitored.total)
  expect(monitored.rows.length).toBe(monitored.total)
  for (const { cause, households } of summary.byCause)
    expect((await spells({ risk: ['open'], cause: cause ?? 'none' })).total).toBe(households)
  for (const { grade, households } of summary.grades ?? [])
    expect([grade, (await spells({ grade })).total]).toEqual([grade, households])
  expect(summary.grades?.find(({ grade }) => grade === 'red')?.households).toBe(monitored.total)
  expect((await readCategories(deps, scope, province, days.from)).grades).toBeNull()
  await expect(spells({ change: 'in' })).rejects.toMatchObject({ code: 'bad-request' })
  await expect(listCategorySpells(deps, areaScope(county), { area: province }, first)).rejects.toMatchObject({
    code: 'not-found',
  })
})

test('the scale signals by the limits of 2020, and by none from 2021 on', async () => {
  const deps = testDeps(t.database)
  const summary = await readCategories(deps, areaScope(province), province, '2020-09-30')
  expect(summary.policy.id).toBe('anhui-2020')
  const later = await readCategories(deps, areaScope(province), province, '2021-02-01')
  expect([later.policy.id, later.scale, later.rows.some(({ scale }) => scale.signal)]).toEqual([
    'national-2021',
    null,
    false,
  ])
  const limits = summary.scale
  if (!limits) throw new Error('no limits')
  const of = (monitored: number, level: 'county' | 'township' = 'county') =>
    scaleOf(
      [
        { child: county, category: 'stable', risk: 'none', households: 1, persons: 1000 },
        { child: county, category: 'marginal', risk: 'open', households: 1, persons: monitored },
      ],
      level,
      limits,
    )
  expect([5, 30, 51, 101].map((n) => of(n).signal)).toEqual(['low', 'none', 'amber', 'red'])
  expect(of(50)).toMatchObject({ shareBp: 500, signal: 'none' })
  expect(of(101, 'township')).toMatchObject({ shareBp: 1010, signal: null })
})
