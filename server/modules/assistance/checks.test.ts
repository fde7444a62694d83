import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Cause } from '#contract/common.ts'
import { MeasureState, MeasureType } from '#contract/work/plans.ts'
import { type AreaScope, areaScope } from '#server/modules/divisions/index.ts'
import { packOn } from '#server/modules/screening/index.ts'
import { listVillages } from '#test/harness/clues.ts'
import { openTestDatabase, type TestDatabase, testDeps } from '#test/harness/database.ts'
import { insertHousehold, insertPerson } from '#test/harness/facts.ts'
import { findPlanRecord, listPlanRecords } from './queries.ts'
import { checksOf, mayBecome, type PlanFacts, suggest } from './rules.ts'
import { listPlans } from './view.ts'

const terms = packOn('2020-03-10').measures
const counties = [341_221, 341_222, 340_121]

let t: TestDatabase
let villages: number[]
const all: { id: string; village: number }[] = []

// Sixty plans of as many households: with and without people able to work, measures of any kind and state, early and late.
beforeAll(async () => {
  t = await openTestDatabase()
  const { db } = t.database
  villages = await listVillages(db, counties, 2)
  const user = 'maker'
  await sql`insert into auth_user (id, name, email, username, display_username)
    values (${user}, '经办', 'm@accounts.invalid', 'maker', 'maker')`.execute(db)
  const plans = fc.sample(
    fc.record({
      village: fc.nat({ max: villages.length - 1 }),
      labour: fc.constantFrom(undefined, 'ordinary', 'weak', 'lost', 'none'),
      causes: fc.uniqueArray(fc.constantFrom(...Cause.options), { maxLength: 3 }),
      day: fc.integer({ min: 1, max: 28 }),
      closed: fc.boolean(),
      measures: fc.array(
        fc.record({
          type: fc.constantFrom<MeasureType>('guarantee', 'guarantee', ...MeasureType.options),
          state: fc.constantFrom(...MeasureState.options),
          begun: fc.boolean(),
        }),
        { maxLength: 4 },
      ),
    }),
    { numRuns: 60, seed: 11 },
  )
  for (const [i, plan] of plans.entries()) {
    const village = villages[plan.village] ?? 0
    const county = Math.floor(village / 1e6)
    await insertHousehold(db, county, i + 1, { village })
    if (plan.labour) await insertPerson(db, county, i + 1, i + 1, { labour: plan.labour })
    const opened = `2020-02-${String(plan.day).padStart(2, '0')}`
    const { rows } = await sql<{ id: string }>`
      insert into plan (county, household_id, village, causes, opened_on, due_on, first_measure_due_on, closed_on)
      values (${county}, ${i + 1}, ${village}, ${plan.causes}::text[], ${opened}::date, ${opened}::date + 10,
        (${opened}::date + interval '1 month')::date, ${plan.closed && i % 5 === 0 ? '2020-03-01' : null}::date)
      returning id`.execute(db)
    const id = rows[0]?.id ?? ''
    all.push({ id, village })
    for (const { type, state, begun } of plan.measures)
      await sql`
        insert into measure (county, household_id, village, plan_id, type, title, responsible, starts_on, state,
          made_by, made_at, before_on)
        values (${county}, ${i + 1}, ${village}, ${id}::uuid, ${type}, '试', '某某', ${opened}::date, ${state}, ${user},
          ${opened}::timestamptz,
          ${begun ? opened : null}::date)`.execute(db)
  }
})
afterAll(() => t.close())

test('a list shows of every plan the result of its checks, for any account on any day', async () => {
  const { db } = t.database
  const areas = [340_000_000_000, 341_200_000_000, ...counties.map((county) => county * 1e6), ...villages]
  const day = fc.integer({ min: 1, max: 31 }).map((n) => `2020-03-${String(n).padStart(2, '0')}`)
  const inside = (village: number, { from, to }: AreaScope) => village >= from && village <= to
  let missing = 0
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...areas), day, async (area, today) => {
      const scope = areaScope(area)
      const { rows } = await listPlanRecords(db, { scope, today, terms }, { limit: 100, offset: 0 })
      for (const row of rows) {
        const lacks = checksOf(row, today, terms).flatMap(({ check, state }) =>
          state === 'missing' ? [check] : [],
        )
        expect([...row.lacks].toSorted()).toEqual(lacks.toSorted())
        missing += lacks.length
      }
      const open = await sql<{ id: string }>`select id from plan where closed_on is null`.execute(db)
      const expected = all.filter(
        ({ id, village }) => inside(village, scope) && open.rows.some((one) => one.id === id),
      )
      expect(rows.map(({ id }) => id).toSorted()).toEqual(expected.map(({ id }) => id).toSorted())
      const deps = testDeps(t.database, today)
      const list = await listPlans(deps, scope, { lacking: true }, { page: 1, size: 100 })
      const lacking = rows.filter(({ lacks }) => lacks.length > 0)
      expect([list.total, list.rows.length, list.all]).toEqual([lacking.length, lacking.length, rows.length])
      for (const [lack, n] of Object.entries(list.lacks)) {
        expect(n).toBe(rows.filter(({ lacks }) => lacks.includes(lack as 'first-measure')).length)
        const one = await listPlans(deps, scope, { lack: lack as 'first-measure' }, { page: 1, size: 1 })
        expect([one.total, one.rows.length]).toEqual([n, 1])
      }
    }),
    { numRuns: 30 },
  )
  expect(missing).toBeGreaterThan(50)
})

test('nobody finds a plan outside the own area', async () => {
  for (const { id, village } of all) {
    for (const other of villages) {
      const found = await findPlanRecord(t.database.db, areaScope(other), id)
      expect(found?.id).toBe(other === village ? id : undefined)
    }
  }
})

describe('the checks alone', () => {
  const facts: PlanFacts = {
    ...{ causes: ['illness', 'unstable-job'], dueOn: '2020-03-20', firstMeasureDueOn: '2020-04-10' },
    ...{ labourMembers: 2, types: [], firstMadeOn: null, firstBegunOn: null },
  }
  const statesOf = (more: Partial<PlanFacts>, today = '2020-03-15') =>
    Object.fromEntries(
      checksOf({ ...facts, ...more }, today, terms).map(({ check, state }) => [check, state]),
    )

  test('only a guarantee is a defect for whoever can work, and is what nobody able to work needs', () => {
    const made = { types: ['guarantee'], firstMadeOn: '2020-03-12', firstBegunOn: '2020-03-12' } as const
    expect(statesOf(made)).toMatchObject({ 'guarantee-only': 'missing', 'development-measure': 'due' })
    expect(statesOf({ ...made, types: ['guarantee', 'employment'] })).toMatchObject({
      'guarantee-only': 'passed',
      'development-measure': 'passed',
    })
    const labourless = statesOf({ ...made, labourMembers: 0 })
    expect(labourless).toMatchObject({ 'guarantee-path': 'passed' })
    expect(Object.keys(labourless)).not.toContain('guarantee-only')
    expect(Object.keys(statesOf({ labourMembers: null }))).toEqual([
      ...['plan-in-time', 'first-measure', 'cause-covered'],
    ])
  })

  test('every cause needs its own measure, and the check names those that have none', () => {
    const covered = checksOf({ ...facts, types: ['health'] }, '2020-04-11', terms).find(
      ({ check }) => check === 'cause-covered',
    )
    expect(covered).toMatchObject({
      state: 'missing',
      details: { causes: 'unstable-job', types: 'employment,public-welfare-job' },
    })
    expect(statesOf({ types: ['health', 'employment'] })).toMatchObject({ 'cause-covered': 'passed' })
    expect(Object.keys(statesOf({ causes: [] }))).not.toContain('cause-covered')
  })

  test('the last day is in time; the day after is not', () => {
    expect(statesOf({}, '2020-03-20')).toMatchObject({ 'plan-in-time': 'due' })
    expect(statesOf({}, '2020-03-21')).toMatchObject({ 'plan-in-time': 'missing', 'first-measure': 'due' })
    expect(statesOf({}, '2020-04-11')).toMatchObject({ 'first-measure': 'missing' })
  })

  test('a measure begins before it ends, and what has ended stays', () => {
    const steps = MeasureState.options.flatMap((from) =>
      MeasureState.options.flatMap((to) => (mayBecome(from, to) ? [`${from} ${to}`] : [])),
    )
    expect(steps).toEqual([
      ...['planned under-way', 'planned cancelled', 'under-way done', 'under-way cancelled'],
    ])
  })

  test('suggestions name whom they concern, once, and leave out what the plan has', () => {
    const person = (n: number, name: string, concerns: ('ill' | 'able' | 'disabled' | 'student')[]) => ({
      ...{ ref: `00000000-0000-7000-8001-00000000000${n}`, name, concerns },
    })
    const members = [
      person(1, '甲', ['able']),
      person(2, '乙', ['ill', 'disabled']),
      person(3, '丙', ['student']),
    ]
    const names = (more: Partial<PlanFacts>, has: { type: MeasureType; state: MeasureState }[] = []) =>
      suggest(
        { ...facts, ...more },
        members,
        has.map((one) => ({ ...one, person: null })),
        terms,
      ).map(({ type, person: who, causes }) => `${type} ${who?.name ?? '户'} ${causes.join('+')}`)
    expect(names({ causes: ['illness', 'schooling'], types: ['industry'] })).toEqual([
      ...['health 乙 illness', 'social-help 户 illness+schooling', 'education-aid 丙 schooling'],
    ])
    const has = [{ type: 'health' as const, state: 'planned' as const }]
    expect(names({ causes: ['illness'], types: ['industry', 'health'] }, has)).toEqual([
      'social-help 户 illness',
    ])
    expect(
      names({ causes: ['illness'], types: ['industry'] }, [{ type: 'health', state: 'cancelled' }]),
    ).toContain('health 乙 illness')
    expect(names({ causes: ['disability', 'unstable-job'], labourMembers: 0 })).toEqual([
      ...['guarantee 乙 disability', 'social-help 户 disability'],
    ])
  })
})
