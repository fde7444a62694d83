import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clockAt } from '#server/platform/clock.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { insertHousehold, insertPerson, insertRows } from '#test/harness/facts.ts'
import { county, coverAll, facts, indicatorsOf, openSignals, undone } from '#test/harness/screening.ts'
import { packOn } from '../active-pack.ts'
import { screen } from '../screen.ts'

/** Sources reach to the end of February 2020, so the pack of 2021 is tried on the harness's own day. */
const asOf = '2020-03-10'
const pack = packOn('2021-03-10')
const line = pack.parameters.get('monitoringLine')
const earlier = line && {
  ...line,
  values: line.values.slice(0, 1).map((one) => ({ ...one, from: '2020-01-01' })),
}
const deps = {
  policy: {
    ...pack,
    parameters: new Map([...pack.parameters, ...(earlier ? [[line.key, earlier] as const] : [])]),
  },
  clock: clockAt(asOf),
}

let t: TestDatabase
beforeAll(async () => {
  t = await openTestDatabase()
})
afterAll(() => t.close())

const statement = (wage: number) => ({ period_from: '2019-01-01', period_to: '2019-12-31', wage_fen: wage })
const bill = (no: string, paid: number) => ({
  settlement_no: no,
  visit_kind: 'outpatient',
  settled_on: '2020-02-01',
  total_fen: paid,
  self_paid_fen: paid,
})

test('above the line, yet under it once treatment is paid: a sudden hardship, with the bills as evidence', () =>
  undone(t.database, async (session) => {
    const { db } = session
    const batch = await coverAll(db)
    for (const id of [1, 2, 3]) {
      await insertHousehold(db, county, id, { member_count: 2 })
      await insertPerson(db, county, id, id)
    }
    const income = (household: number, wage: number) => facts(batch, household, null)([statement(wage)])
    await insertRows(db, 'income_statement', [
      ...income(1, 2_000_000),
      ...income(2, 2_000_000).map((row) => ({ ...row, row_no: 2 })),
      ...income(3, 800_000).map((row) => ({ ...row, row_no: 3 })),
    ])
    await insertRows(db, 'medical_settlement', [
      ...facts(batch, 1, 1)([bill('a', 900_000)]),
      ...facts(batch, 2, 2)([bill('b', 100_000)]),
      ...facts(batch, 3, 3)([bill('c', 900_000)]),
    ])
    await screen(deps, session, { scope: 'full' })
    expect(await indicatorsOf(db, 1)).toMatchObject({ incomeAfterRigidPerHeadFen: 550_000 })
    expect(await indicatorsOf(db, 2)).toMatchObject({ incomeAfterRigidPerHeadFen: 950_000 })
    // Spent more than earned, but under the line anyway: that is R22's.
    expect(await indicatorsOf(db, 3)).toMatchObject({ incomeAfterRigidPerHeadFen: -50_000 })
    const { rows } = await sql<{ household: number; rule: string; measured: number; threshold: number }>`
      select household_id as household, rule, measured, threshold from signal where rule in ('R22', 'R31')
        order by 1`.execute(db)
    expect(rows).toEqual([
      { household: 1, rule: 'R31', measured: 550_000, threshold: 600_000 },
      { household: 3, rule: 'R22', measured: 400_000, threshold: 600_000 },
    ])
    const { rows: proof } = await sql<{ fact: string }>`
      select e.fact from signal_evidence e join signal s on s.county = e.county and s.id = e.signal_id
      where s.rule = 'R31' order by e.fact`.execute(db)
    expect(proof.map(({ fact }) => fact)).toEqual(['income_statement', 'medical_settlement'])
  }))

test('a resolved household in a dangerous house comes back red, another only by the rule for houses', () =>
  undone(t.database, async (session) => {
    const { db } = session
    const batch = await coverAll(db)
    for (const [id, risk] of [
      [1, 'resolved'],
      [2, 'none'],
      [3, 'open'],
    ] as const) {
      await insertHousehold(db, county, id, { risk })
      await insertRows(
        db,
        'dwelling_survey',
        facts(batch, id, null)([{ assessed_on: '2020-02-01', grade: 'C' }]),
      )
    }
    await screen(deps, session, { scope: 'full' })
    expect(await indicatorsOf(db, 1)).toMatchObject({ resolved: true, monitored: false })
    const { rows } = await sql<{ household: number; rule: string; level: string }>`
      select household_id as household, rule, level from signal where cause = 'housing' order by 1, 2`.execute(
      db,
    )
    expect(rows).toEqual([
      { household: 1, rule: 'R10', level: 'orange' },
      { household: 1, rule: 'R27', level: 'red' },
      { household: 2, rule: 'R10', level: 'orange' },
      { household: 3, rule: 'R10', level: 'orange' },
    ])
  }))

test('a signal of a rule that the new pack lacks is cleared, and one of both keeps its history', () =>
  undone(t.database, async (session) => {
    const { db } = session
    const batch = await coverAll(db)
    await insertHousehold(db, county, 1)
    await insertPerson(db, county, 1, 1)
    await insertRows(db, 'income_statement', facts(batch, 1, null)([statement(550_000)]))
    await screen({ ...deps, policy: packOn(asOf) }, session, { scope: 'full' })
    expect(await openSignals(db)).toMatchObject([{ rule: 'R22', level: 'yellow' }])
    await screen(deps, session, { scope: 'full' })
    expect(await openSignals(db)).toMatchObject([{ rule: 'R22', level: 'red', threshold: 600_000 }])
    const { rows } = await sql<{ version: number }>`select rule_version as version from signal`.execute(db)
    expect(rows).toEqual([{ version: 2 }])
    const without = {
      ...deps,
      policy: { ...deps.policy, rules: deps.policy.rules.filter(({ id }) => id !== 'R22') },
    }
    await screen(without, session, { scope: 'full' })
    expect(await openSignals(db)).toEqual([])
  }))
