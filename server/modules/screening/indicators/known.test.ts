import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, instantOf } from '#contract/days.ts'
import { type Db, inTransaction } from '#server/platform/database/db.ts'
import {
  defineExchange,
  fillExchange,
  type HouseholdPlace,
  householdPlace,
  rowsOf,
} from '#server/platform/row-exchange.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { decideAbout, mergeHouseholds, mergeMembers } from '#test/harness/registry.ts'
import { knowAt, knownNow } from './known.ts'

let t: TestDatabase
let villages: number[]
beforeAll(async () => {
  t = await openTestDatabase()
  const { rows } = await sql<{ code: number }>`
    (select code from division where level = 'village' and code between 340121000000 and 340121999999 order by code
      limit 2)
    union all
    (select code from division where level = 'village' and code between 340122000000 and 340122999999 order by code
      limit 1)`.execute(t.database.db)
  villages = rows.map(({ code }) => code)
})
afterAll(() => t.close())

const homes = [0, 1, 2, 3]
const home = fc.constantFrom(...homes)
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { freq: 2 })
const day = (n: number) => addDays('2019-12-31', n)

interface MemberRow {
  home: number
  member: number
  number: number
  change: string | null
  changedOn: string | null
}
type Step =
  | {
      kind: 'household'
      home: number
      village: number
      registered: boolean
      monitored: boolean
      members: number | null
    }
  | { kind: 'members'; rows: MemberRow[] }
  | { kind: 'household-gone'; home: number }
  | { kind: 'member-gone'; home: number; member: number }
  | { kind: 'decision'; home: number; risk: 'open' | 'resolved' }

const row: fc.Arbitrary<MemberRow> = fc.record({
  home,
  member: fc.integer({ min: 1, max: 3 }),
  number: fc.integer({ min: 1, max: 5 }),
  change: maybe(fc.constantFrom('death', 'moved-out', 'married-in')),
  changedOn: maybe(fc.integer({ min: 1, max: 40 }).map(day)),
})
const apart = (rows: MemberRow[]) =>
  new Set(rows.map((one) => `${one.home} ${one.number}`)).size === rows.length &&
  new Set(rows.map((one) => `${one.home} ${one.member}`)).size === rows.length

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('household' as const),
      home,
      village: fc.constantFrom(0, 1),
      registered: fc.boolean(),
      monitored: fc.boolean(),
      members: maybe(fc.integer({ min: 1, max: 5 })),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('household-gone' as const), home }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('members' as const),
      rows: fc.array(row, { minLength: 1, maxLength: 4 }).filter(apart),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('member-gone' as const), home, member: fc.constantFrom(1, 2) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('decision' as const),
      home,
      risk: fc.constantFrom('open' as const, 'resolved' as const),
    }),
  },
)

/** Does a step as intake or a decision would; `run` keeps the numbers of different runs apart. */
async function take(run: number, one: Step, asOf: string, knownFrom: string) {
  const { database } = t
  const named = (n: number) => `R${run}-${n}`
  const options = { asOf, knownFrom }
  switch (one.kind) {
    case 'household':
      return mergeHouseholds(
        database,
        [
          {
            householdNo: named(one.home),
            villageCode: villages[one.village] ?? 0,
            registered: one.registered,
            monitoringCategory: one.monitored ? 'marginal' : null,
            memberCount: one.members,
          },
        ],
        options,
      )
    case 'household-gone':
      return mergeHouseholds(database, [], { ...options, withdraw: [named(one.home)] })
    case 'members':
      return mergeMembers(
        database,
        one.rows.map(({ home, member, number, change, changedOn }) => ({
          householdNo: named(home),
          memberNo: `${named(home)}-${member}`,
          idNumber: `${named(number)} number`,
          ...{ change, changedOn },
        })),
        options,
      )
    case 'member-gone':
      return mergeMembers(database, [], { ...options, withdraw: [`${named(one.home)}-${one.member}`] })
    case 'decision': {
      const { rows } = await sql<{ county: number; id: number }>`
        select county, id from household where household_no = ${named(one.home)} and closed_on is null`.execute(
        database.db,
      )
      const decided = { causes: [], caseId: null, pack: 'anhui-2020', day: asOf, at: new Date(knownFrom) }
      const because = one.risk === 'open' ? ('identified' as const) : ('resolved' as const)
      if (rows[0])
        await decideAbout(database, rows[0], {
          ...decided,
          category: 'marginal',
          risk: one.risk,
          because,
        })
    }
  }
}

const looked = defineExchange<HouseholdPlace>('looked_at', householdPlace)

/** Households that are open and their members, out of the tables of those names. */
async function registerIn(db: Db, household: string, person: string) {
  const households = await sql`
    select h.county, h.id, h.village, h.registered, h.relief_mark, h.risk, h.member_count
    from ${sql.raw(household)} h join ${rowsOf(looked)} t on t.county = h.county and t.household_id = h.id
    order by h.county, h.id`.execute(db)
  const members = await sql`
    select p.county, p.id, p.household_id, p.birth, p.labour, p.left_on
    from ${sql.raw(person)} p join ${sql.raw(household)} h on h.county = p.county and h.id = p.household_id
    join ${rowsOf(looked)} t on t.county = h.county and t.household_id = h.id
    order by p.county, p.id`.execute(db)
  return { households: households.rows, members: members.rows }
}

/** The households of a run whose place among them is listed. */
const among = (run: number, some: readonly number[]) =>
  sql`select county, id from household where household_no = any(${some.map((n) => `R${run}-${n}`)}::text[])`

test('the register of any instant comes out as it was, for all households or some', async () => {
  let run = 0
  const seen = { members: 0, left: 0 }
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 12, maxLength: 24 }),
      fc.subarray(homes, { minLength: 1 }),
      async (steps, some) => {
        run += 1
        // Every household exists from the start, so that the steps have something to work on.
        const first = homes.map(
          (n): Step => ({
            kind: 'household',
            home: n,
            village: 0,
            registered: true,
            monitored: false,
            members: 2,
          }),
        )
        const remembered: { at: Date; all: object; some: object }[] = []
        for (const [n, one] of [...first, ...steps].entries()) {
          // Two steps a day: the second of them a few hours later.
          const at = instantOf(day(1 + Math.floor(n / 2)), n % 2 === 0 ? '08:00' : '13:00')
          await take(run, one, day(1 + Math.floor(n / 2)), at.toISOString())
          const now = (of: readonly number[]) =>
            inTransaction(t.database, async ({ db }) => {
              await fillExchange(db, looked, among(run, of))
              return registerIn(db, knownNow.household, knownNow.person)
            })
          const all = await now(homes)
          seen.members += all.members.length
          seen.left += all.members.filter((row) => (row as { leftOn: string | null }).leftOn !== null).length
          remembered.push({ at, all, some: await now(some) })
        }
        for (const { at, all, some: few } of remembered)
          await inTransaction(t.database, async ({ db }) => {
            for (const [of, wanted] of [
              [homes, all],
              [some, few],
            ] as const) {
              await fillExchange(db, looked, among(run, of))
              const { household, person } = await knowAt(db, at, looked)
              expect({ at, ...(await registerIn(db, household, person)) }).toEqual({ at, ...wanted })
            }
          })
      },
    ),
    { numRuns: 12, endOnFailure: true },
  )
  expect(seen.members).toBeGreaterThan(0)
  expect(seen.left).toBeGreaterThan(0)
})
