import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clockAt } from '#server/platform/clock.ts'
import { fillExchange, openExchange } from '#server/platform/row-exchange.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import {
  cover,
  type FactRow,
  insertBatch,
  insertHousehold,
  insertPerson,
  insertRows,
} from '#test/harness/facts.ts'
import {
  asOf,
  county,
  coverAll,
  facts,
  indicatorsOf,
  late,
  openSignals,
  screeningDeps,
  touched,
  undone,
} from '#test/harness/screening.ts'
import { packOn } from '../active-pack.ts'
import { screen } from '../screen.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await openTestDatabase()
})
afterAll(() => t.close())

describe('signals', () => {
  const stay = (no: string, paid: number): FactRow => ({
    settlement_no: no,
    visit_kind: 'inpatient',
    settled_on: '2020-02-01',
    total_fen: paid,
    self_paid_fen: paid,
  })

  test('raised once, changed with its figures, cleared when it is no longer true', () =>
    undone(t.database, async (session) => {
      const { db } = session
      const batch = await coverAll(db)
      await insertHousehold(db, county, 1)
      await insertPerson(db, county, 1, 1)
      await insertRows(db, 'medical_settlement', facts(batch)([stay('a', 600_000)]))
      expect(await screen(screeningDeps, session, { scope: 'full' })).toMatchObject({
        raised: 1,
        changed: 0,
        cleared: 0,
        hits: 1,
      })
      expect(await screen(screeningDeps, session, { scope: 'full' })).toMatchObject({
        raised: 0,
        changed: 0,
        cleared: 0,
        hits: 1,
      })

      const second = await insertBatch(db, 'medical-settlement', asOf)
      await insertRows(db, 'medical_settlement', facts(second)([stay('b', 50_000)]))
      await fillExchange(db, touched, sql`select ${county}::integer, 1`)
      const batchRun = { scope: { touched, feeds: ['medical-settlement'] } }
      expect(await screen(screeningDeps, session, batchRun)).toMatchObject({
        raised: 0,
        changed: 1,
        cleared: 0,
        households: 1,
      })
      const { rows: proof } = await sql<{
        batchId: number
      }>`select batch_id from signal_evidence order by batch_id`.execute(db)
      expect(proof.map(({ batchId }) => batchId)).toEqual([batch, second])

      await sql`update medical_settlement set known_until = now() where settlement_no = 'a'`.execute(db)
      expect(await screen(screeningDeps, session, batchRun)).toMatchObject({
        raised: 0,
        changed: 0,
        cleared: 1,
      })
      expect(await openSignals(db)).toEqual([])
      const { rows } = await sql<{
        change: string
        rule: string
      }>`select change, rule from changed_signal`.execute(db)
      expect(rows).toEqual([{ change: 'cleared', rule: 'R01' }])
    }))

  test('what cannot be judged any more stays as it was', () =>
    undone(t.database, async (session) => {
      const { db } = session
      const batch = await coverAll(db)
      await insertHousehold(db, county, 1)
      await insertPerson(db, county, 1, 1)
      await insertRows(db, 'medical_settlement', facts(batch)([stay('a', 600_000)]))
      await screen(screeningDeps, session, { scope: 'full' })
      await sql`update feed_coverage set covered_until = ${late} where feed = 'medical-settlement'`.execute(
        db,
      )
      expect(await screen(screeningDeps, session, { scope: 'full' })).toMatchObject({
        raised: 0,
        changed: 0,
        cleared: 0,
        hits: 0,
      })
      expect(await openSignals(db)).toHaveLength(1)
      const { rows } = await sql<{ rule: string; cannotJudge: number }>`
        select rule, cannot_judge from rule_coverage where county = ${county} and rule in ('R01', 'R04')
          and run_id = (select max(run_id) from rule_coverage) order by rule`.execute(db)
      expect(rows).toEqual([
        { rule: 'R01', cannotJudge: 1 },
        { rule: 'R04', cannotJudge: 0 },
      ])
    }))

  test('a row that is withdrawn takes its signal along, though nobody says the contrary', () =>
    undone(t.database, async (session) => {
      const { db } = session
      const batch = await coverAll(db)
      await insertHousehold(db, county, 1)
      await insertRows(
        db,
        'dwelling_survey',
        facts(batch, 1, null)([{ assessed_on: '2019-05-01', grade: 'D' }]),
      )
      await screen(screeningDeps, session, { scope: 'full' })
      expect(await openSignals(db)).toMatchObject([{ rule: 'R10', level: 'red' }])
      await sql`update dwelling_survey set known_until = now()`.execute(db)
      expect(await screen(screeningDeps, session, { scope: 'full' })).toMatchObject({ cleared: 1 })
      expect((await indicatorsOf(db)).dwellingGrade).toBeNull()
    }))

  test('a suspected case that was confirmed and cured is over', () =>
    undone(t.database, async (session) => {
      const { db } = session
      const batch = await coverAll(db)
      await insertHousehold(db, county, 1)
      await insertPerson(db, county, 1, 1)
      const row = (kind: string, day: string, more: FactRow = {}) => ({
        kind,
        disease: '新冠肺炎',
        diagnosed_on: day,
        ...more,
      })
      await insertRows(db, 'illness', facts(batch)([row('suspected', '2020-01-25')]))
      await screen(screeningDeps, session, { scope: 'full' })
      expect((await indicatorsOf(db)).epidemicMembers).toBe(1)
      const cured = row('confirmed', '2020-01-28', { outcome: 'cured', outcome_on: '2020-02-20' })
      await insertRows(db, 'illness', facts(batch)([cured]))
      expect(await screen(screeningDeps, session, { scope: 'full' })).toMatchObject({ cleared: 1 })
    }))

  test('a late source says nothing, never no risk; when it comes the whole county is judged', () =>
    undone(t.database, async (session) => {
      const { db } = session
      const batch = await coverAll(db, { late: ['dwelling'] })
      for (const id of [1, 2]) await insertHousehold(db, county, id)
      await insertRows(db, 'dwelling_survey', [
        ...facts(batch, 1, null)([{ assessed_on: '2019-05-01', grade: 'D' }]),
        ...facts(batch, 2, null)([{ assessed_on: '2019-05-01', grade: 'C' }]),
      ])
      await screen(screeningDeps, session, { scope: 'full' })
      expect(await openSignals(db)).toEqual([])
      expect((await indicatorsOf(db)).dwellingGrade).toBeNull()

      await cover(db, 'dwelling', county, '2020-03-01', batch)
      await openExchange(db, touched)
      await screen(screeningDeps, session, { scope: { touched, feeds: ['dwelling'] } })
      expect((await openSignals(db)).map(({ level }) => level)).toEqual(['red', 'orange'])
    }))

  test('a batch a year later does not judge by the bills of the year before', () =>
    undone(t.database, async (session) => {
      const { db } = session
      const batch = await coverAll(db)
      await insertHousehold(db, county, 1)
      await insertPerson(db, county, 1, 1)
      await insertRows(db, 'medical_settlement', facts(batch)([stay('a', 400_000)]))
      await screen(screeningDeps, session, { scope: 'full' })
      expect((await indicatorsOf(db)).rigidSpendingFen).toBe(400_000)

      const later = '2021-04-20'
      for (const feed of ['income', 'medical-settlement', 'school-enrolment'])
        await cover(db, feed, county, later, batch)
      const year = { period_from: '2020-01-01', period_to: '2020-12-31', wage_fen: 300_000 }
      await insertRows(db, 'income_statement', facts(batch, 1, null)([year]))
      await fillExchange(db, touched, sql`select ${county}::integer, 1`)
      const deps = { policy: packOn(later), clock: clockAt(later) }
      await screen(deps, session, { scope: { touched, feeds: ['income'] } })
      expect(await indicatorsOf(db)).toMatchObject({ netIncomeFen: 300_000, rigidSpendingFen: 0 })
      expect((await openSignals(db)).map(({ rule }) => rule)).toEqual(['R22'])
    }))

  test('kept while its source is silent, a signal ends when its rows can no longer make it', () =>
    undone(t.database, async (session) => {
      const { db } = session
      const batch = await coverAll(db)
      await insertHousehold(db, county, 1)
      await insertPerson(db, county, 1, 1)
      await insertRows(db, 'medical_settlement', facts(batch)([stay('a', 600_000)]))
      await screen(screeningDeps, session, { scope: 'full' })
      await sql`update feed_coverage set covered_until = ${late} where feed = 'medical-settlement'`.execute(
        db,
      )
      const on = async (asOf: string) => {
        await screen(screeningDeps, session, { scope: 'full', asOf })
        const { rows } = await sql`select silent_since, cleared_on, ended from signal`.execute(db)
        return rows[0]
      }
      expect(await on('2020-06-01')).toEqual({ silentSince: '2020-06-01', clearedOn: null, ended: null })
      // The longest hold: nobody has said that it is untrue, and nobody knows any more.
      expect(await on('2020-12-01')).toMatchObject({ clearedOn: '2020-12-01', ended: 'unknown' })
    }))

  test('a household that left the registry has no indicators and no open signals', () =>
    undone(t.database, async (session) => {
      const { db } = session
      const batch = await coverAll(db)
      await insertHousehold(db, county, 1)
      await insertRows(
        db,
        'dwelling_survey',
        facts(batch, 1, null)([{ assessed_on: '2019-05-01', grade: 'D' }]),
      )
      await screen(screeningDeps, session, { scope: 'full' })
      expect(await openSignals(db)).toHaveLength(1)
      await sql`update household set closed_on = '2020-03-01' where id = 1`.execute(db)
      expect(await screen(screeningDeps, session, { scope: 'full' })).toMatchObject({ cleared: 1 })
      expect(await indicatorsOf(db)).toEqual({})
    }))
})
