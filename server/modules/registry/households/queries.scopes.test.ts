import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { areaScope } from '#server/modules/divisions/index.ts'
import { openTestDatabase, type TestDatabase, testDeps, testVault } from '#test/harness/database.ts'
import { mergeHouseholds, mergeMembers, openBatch } from '#test/harness/registry.ts'
import type { HouseholdCategory } from '../rules.ts'
import { countHouseholds, type HouseholdRow } from './list-queries.ts'
import { getHousehold, searchHouseholds } from './operations.ts'

const page = { limit: 200, offset: 0 }
const surnames = ['张', '王', '李']
const names = ['伟', '芳', '敏']
const marks = ['relieved', 'unrelieved', 'relapsed', 'pre-relieved'] as const

let t: TestDatabase
let villages: number[]
let everyone: HouseholdRow[]

const idOf = (i: number, k: number) => `34122119${String(600000 + i * 10 + k).padStart(10, '0')}`

// Sixty households with two members each in twelve villages of four counties in two cities.
beforeAll(async () => {
  t = await openTestDatabase()
  const { rows } = await sql<{ code: number }>`
    select code from (
      select code, row_number() over (partition by code / 1000000 order by code) as n from division
      where level = 'village' and code / 1000000 in (340121, 340122, 341221, 341222)
    ) v where n in (1, 2, 30) order by code`.execute(t.database.db)
  villages = rows.map((row) => row.code)
  const households = Array.from({ length: 60 }, (_, i) => {
    const registered = i % 4 !== 0
    return {
      householdNo: `${villages[i % 12]}${String(i).padStart(5, '0')}`,
      villageCode: villages[i % 12] ?? 0,
      registered,
      reliefMark: registered ? marks[i % marks.length] : null,
      monitoringCategory: i % 5 === 0 ? (registered ? 'unstable' : 'marginal') : null,
    }
  })
  await mergeHouseholds(t.database, households)
  await mergeMembers(
    t.database,
    households.flatMap(({ householdNo }, i) =>
      [0, 1].map((k) => ({
        householdNo,
        memberNo: `${householdNo}0${k}`,
        name: `${surnames[i % 3]}${names[(i + k) % 3]}`,
        idNumber: idOf(i, k),
        relation: k === 0 ? 'head' : 'spouse',
      })),
    ),
  )
  await mergeHouseholds(t.database, [], { withdraw: [households[7]?.householdNo ?? ''] })
  everyone = (
    await searchHouseholds(testDeps(t.database), areaScope(340_000_000_000), { withClosed: true }, page)
  ).rows
})
afterAll(() => t.close())

/** Any division on the way from a village up to the province, or a village without households. */
const areas = fc
  .record({
    village: fc.nat(11),
    cut: fc.constantFrom(1, 1e3, 1e6, 1e8, 1e10),
    other: fc.constantFrom(0, 0, 0, 340_123_100_201),
  })
  .map(({ village, cut, other }) => areaScope(Math.floor((other || (villages[village] ?? 0)) / cut) * cut))

const searches = fc.oneof(
  fc.constant(''),
  fc.constantFrom('张', '王伟', 'z', 'wf', '3412', '34', '不在册'),
  fc.tuple(fc.nat(59), fc.nat(1)).map(([i, k]) => idOf(i, k)),
  fc.nat(59).map((i) => everyone[i]?.householdNo ?? ''),
)

const categories = fc.subarray<HouseholdCategory>([
  'unrelieved',
  'stable',
  'unstable',
  'marginal',
  'ordinary',
])

describe('nothing outside the scope comes back, counts included', () => {
  test('in lists, whatever is requested', async () => {
    expect(everyone).toHaveLength(60)
    await fc.assert(
      fc.asyncProperty(
        areas,
        areas,
        searches,
        categories,
        fc.option(fc.boolean()),
        async (scope, area, q, wanted, registered) => {
          const deps = testDeps(t.database)
          const filter = { q, area, categories: wanted, registered: registered ?? undefined }
          const inScope = await searchHouseholds(deps, scope, filter, page)
          const everywhere = await searchHouseholds(deps, areaScope(340_000_000_000), filter, page)
          const expected = everywhere.rows.filter(
            (row) => row.village >= scope.from && row.village <= scope.to,
          )
          expect(inScope.rows.map((row) => row.ref)).toEqual(expected.map((row) => row.ref))
          expect(inScope.total).toBe(expected.length)
          for (const row of inScope.rows) {
            expect(row.village >= area.from && row.village <= area.to).toBe(true)
            expect(wanted.length === 0 || wanted.includes(row.category)).toBe(true)
            expect(row.closedOn).toBeNull()
          }
        },
      ),
      { numRuns: 150 },
    )
  })

  test('in the household page: a household outside is not there', async () => {
    await fc.assert(
      fc.asyncProperty(areas, fc.nat(59), async (scope, i) => {
        const row = everyone[i]
        const answer = getHousehold(testDeps(t.database), scope, row?.ref ?? '')
        if (row && row.village >= scope.from && row.village <= scope.to) {
          await expect(answer).resolves.toMatchObject({ householdNo: row.householdNo })
        } else {
          await expect(answer).rejects.toMatchObject({ code: 'not-found' })
        }
      }),
      { numRuns: 100 },
    )
  })
})

test('pages join to the whole list without gap or repetition', async () => {
  const deps = testDeps(t.database)
  const scope = areaScope(340_000_000_000)
  const parts = await Promise.all(
    [0, 25, 50].map((offset) => searchHouseholds(deps, scope, {}, { limit: 25, offset })),
  )
  const whole = await searchHouseholds(deps, scope, {}, page)
  expect(parts.flatMap((part) => part.rows.map((row) => row.ref))).toEqual(whole.rows.map((row) => row.ref))
  expect(parts.map((part) => part.total)).toEqual([59, 59, 59])
  expect(await countHouseholds(t.database.db, scope, {})).toBe(59)
})

test('every way of searching finds the household it should', async () => {
  const deps = testDeps(t.database)
  const scope = areaScope(340_000_000_000)
  const find = async (q: string) => (await searchHouseholds(deps, scope, { q }, page)).rows
  const target = everyone.find((row) => row.closedOn === null)
  const detail = await getHousehold(deps, scope, target?.ref ?? '')
  const [head, spouse] = detail.members
  expect((await find(spouse?.name ?? '')).map((row) => row.ref)).toContain(target?.ref)
  expect((await find(detail.householdNo)).map((row) => row.ref)).toEqual([target?.ref])
  const { rows } = await sql<{
    cipher: Buffer
  }>`select id_cipher as cipher from person where ref = ${head?.ref}::uuid`.execute(t.database.db)
  const idNumber = testVault.decrypt(rows[0]?.cipher ?? Buffer.alloc(0))
  expect((await find(idNumber)).map((row) => row.ref)).toEqual([target?.ref])
  expect((await find('100%')).length).toBe(0)
})

test('the category in the table is the one of the rules', async () => {
  const { rows } = await sql<{
    registered: boolean
    reliefMark: string | null
    monitoringCategory: string | null
    category: string
  }>`
    select registered, relief_mark, monitoring_category, category from household`.execute(t.database.db)
  expect(new Set(rows.map((row) => row.category)).size).toBe(5)
  for (const row of rows) {
    const poor = row.registered && (row.reliefMark === 'unrelieved' || row.reliefMark === 'relapsed')
    const calm = row.registered ? 'stable' : 'ordinary'
    expect(row.category).toBe(poor ? 'unrelieved' : (row.monitoringCategory ?? calm))
  }
})

test('the page masks numbers, counts age on the day, and shows income by window and by day of knowledge', async () => {
  const deps = testDeps(t.database)
  const row = everyone.find((one) => one.closedOn === null)
  const batch = await openBatch(t.database, 'income')
  const statement = (wage: number, from: string, until: string | null) =>
    t.database.pool.query(
      `insert into income_statement (county, household_id, village, batch_id, row_no, period_from, period_to, wage_fen,
        business_gross_fen,
         business_cost_fen, known_from, known_until) values ($1, $2, $7, $3, 1, '2018-10-01', '2019-09-30', $4, 500000,
         200000, $5, $6)`,
      [row?.county, row?.id, batch, wage, from, until, row?.village],
    )
  await statement(1_000_000, '2020-01-05T00:00:00Z', '2020-02-04T18:00:00Z')
  await statement(1_300_000, '2020-02-04T18:00:00Z', null)
  const scope = areaScope(row?.village ?? 0)
  const now = await getHousehold(deps, scope, row?.ref ?? '')
  expect(now.income).toMatchObject([
    { periodTo: '2019-09-30', wageFen: 1_300_000, dibaoFen: 0, netFen: 1_600_000, netPerHeadFen: 800_000 },
  ])
  expect(now.members).toHaveLength(2)
  expect(now.members[0]).toMatchObject({ relation: 'head', age: 50 })
  for (const member of now.members) expect(member.idNumber).toMatch(/^341221\*{8}\d{4}$/)
  // 18:00 UTC on the 4th is 2:00 of the 5th in Anhui.
  expect((await getHousehold(deps, scope, row?.ref ?? '', '2020-02-04')).income).toMatchObject([
    { wageFen: 1_000_000 },
  ])
  expect((await getHousehold(deps, scope, row?.ref ?? '', '2020-02-05')).income).toMatchObject([
    { wageFen: 1_300_000 },
  ])
  expect((await getHousehold(deps, scope, row?.ref ?? '', '2020-01-01')).income).toEqual([])
})
