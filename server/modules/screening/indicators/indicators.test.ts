import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { type FactRow, insertHousehold, insertPerson, insertRows } from '#test/harness/facts.ts'
import {
  county,
  coverAll,
  facts,
  indicatorsOf,
  openSignals,
  screeningDeps,
  undone,
} from '#test/harness/screening.ts'
import { screen } from '../screen.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await openTestDatabase()
})
afterAll(() => t.close())

describe('indicators', () => {
  test('medical: calendar year, single stay and rigid spending each have their window', () =>
    undone(t.database, async (session) => {
      const { db } = session
      const batch = await coverAll(db)
      await insertHousehold(db, county, 1)
      await insertPerson(db, county, 1, 1)
      const stay = (no: string, day: string, paid: number, kind = 'inpatient') => ({
        settlement_no: no,
        visit_kind: kind,
        settled_on: day,
        total_fen: paid,
        self_paid_fen: paid,
      })
      await insertRows(
        db,
        'medical_settlement',
        facts(batch)([
          stay('a', '2020-01-01', 300_000),
          stay('b', '2020-03-10', 250_000),
          stay('c', '2020-03-11', 999_999),
          stay('d', '2019-12-31', 700_000),
          stay('e', '2019-03-12', 20_000, 'outpatient'),
          stay('f', '2019-03-10', 888_888),
          { ...stay('g', '2020-02-01', 777_777), known_until: '2020-03-02T00:00:00Z' },
        ]),
      )
      await screen(screeningDeps, session, { scope: 'full' })
      expect(await indicatorsOf(db)).toMatchObject({
        inpatientSelfPaidYearFen: 550_000,
        largestStaySelfPaidFen: 700_000,
        rigidSpendingFen: 300_000 + 250_000 + 700_000 + 20_000,
      })
      expect(await openSignals(db)).toMatchObject([
        { rule: 'R01', level: 'orange', measured: 550_000, threshold: 500_000 },
      ])
      const { rows } = await sql<{ rowNo: number; amountFen: number; detail: unknown }>`
        select row_no, amount_fen, detail from signal_evidence order by row_no`.execute(db)
      expect(rows).toEqual([
        { rowNo: 1, amountFen: 300_000, detail: { visitKind: 'inpatient' } },
        { rowNo: 2, amountFen: 250_000, detail: { visitKind: 'inpatient' } },
      ])
    }))

  test('income: newest whole-year statement, per head, fall against the one before', () =>
    undone(t.database, async (session) => {
      const { db } = session
      const batch = await coverAll(db)
      await insertHousehold(db, county, 1, { member_count: 3 })
      const year = (from: string, to: string, wage: number, cost = 0) => ({
        period_from: from,
        period_to: to,
        wage_fen: wage,
        dibao_fen: 10_000,
        business_cost_fen: cost,
      })
      await insertRows(
        db,
        'income_statement',
        facts(
          batch,
          1,
          null,
        )([
          year('2017-10-01', '2018-09-30', 2_000_000),
          year('2018-10-01', '2019-09-30', 1_400_000, 10_001),
          year('2019-10-01', '2019-12-31', 100_000),
        ]),
      )
      await screen(screeningDeps, session, { scope: 'full' })
      expect(await indicatorsOf(db)).toMatchObject({
        netIncomeFen: 1_399_999,
        netIncomePerHeadFen: expect.closeTo(1_399_999 / 3, 6),
        previousNetIncomeFen: 2_010_000,
        incomeDropBp: expect.closeTo((610_001 / 2_010_000) * 10_000, 6),
      })
      expect((await openSignals(db)).map(({ rule, level, caseNo }) => [rule, level, caseNo])).toEqual([
        ['R22', 'red', 1],
        ['R23', 'orange', 2],
      ])
    }))

  test('a line is held against the exact figure, and what is shown lies on its side of the line', () =>
    undone(t.database, async (session) => {
      const { db } = session
      const batch = await coverAll(db)
      await insertHousehold(db, county, 1, { member_count: 3 })
      const year = { period_from: '2018-10-01', period_to: '2019-09-30', wage_fen: 1_499_999 }
      await insertRows(db, 'income_statement', facts(batch, 1, null)([year]))
      await screen(screeningDeps, session, { scope: 'full' })
      // 4,999.9967 yuan a head: rounded it would be the line itself.
      expect(await openSignals(db)).toMatchObject([
        { rule: 'R22', level: 'red', measured: 499_999, threshold: 500_000 },
      ])
    }))

  test('a stay settled in two bills is one stay, with both as its evidence; another stay is not', () =>
    undone(t.database, async (session) => {
      const { db } = session
      const batch = await coverAll(db)
      await insertHousehold(db, county, 1)
      await insertPerson(db, county, 1, 1)
      const bill = (no: string, admitted: string, paidOn: string, paid: number, hospital = '县医院') => ({
        ...{
          settlement_no: no,
          visit_kind: 'inpatient',
          hospital,
          admitted_on: admitted,
          settled_on: paidOn,
        },
        ...{ total_fen: paid, self_paid_fen: paid },
      })
      await insertRows(
        db,
        'medical_settlement',
        facts(batch)([
          bill('a', '2019-11-01', '2019-11-20', 600_000),
          bill('b', '2019-11-20', '2019-12-05', 500_000),
          bill('c', '2019-12-05', '2019-12-20', 700_000, '市医院'),
          bill('d', '2019-12-28', '2019-12-30', 400_000),
        ]),
      )
      await screen(screeningDeps, session, { scope: 'full' })
      expect(await openSignals(db)).toMatchObject([{ rule: 'R02', measured: 1_100_000 }])
      const { rows } = await sql<{ rowNo: number; amountFen: number }>`
        select row_no, amount_fen from signal_evidence order by row_no`.execute(db)
      expect(rows).toEqual([
        { rowNo: 1, amountFen: 600_000 },
        { rowNo: 2, amountFen: 500_000 },
      ])
    }))

  test('three months in a row are months of the calendar: with one missing nobody knows', () =>
    undone(t.database, async (session) => {
      const { db } = session
      const batch = await coverAll(db)
      for (const id of [1, 2, 3]) {
        await insertHousehold(db, county, id)
        await insertPerson(db, county, id, id)
      }
      const months = (id: number, ...without: string[]) =>
        facts(
          batch,
          id,
          id,
        )([
          { month: '2019-10-01', status: 'employed' },
          ...without.map((month) => ({ month, status: 'unemployed' })),
        ])
      await insertRows(db, 'employment_month', [
        ...months(1, '2019-11-01', '2020-01-01', '2020-02-01'),
        ...months(2, '2019-11-01', '2019-12-01', '2020-01-01', '2020-02-01'),
        ...facts(
          batch,
          3,
          3,
        )([
          { month: '2020-01-01', status: 'employed' },
          { month: '2020-02-01', status: 'unemployed' },
        ]),
      ])
      await screen(screeningDeps, session, { scope: 'full' })
      const found = await Promise.all([1, 2, 3].map((id) => indicatorsOf(db, id)))
      expect(found.map(({ longestJoblessMonths }) => longestJoblessMonths)).toEqual([null, 4, 1])
      expect((await openSignals(db)).map(({ rule, measured }) => [rule, measured])).toEqual([['R14', 4]])
    }))

  test('members: school age, dropouts with and without lawful reason, labour, insurance', () =>
    undone(t.database, async (session) => {
      const { db } = session
      const batch = await coverAll(db)
      await insertHousehold(db, county, 1, { member_count: 3 })
      await insertPerson(db, county, 1, 1, { labour: 'none', birth: '1940-01-01' })
      await insertPerson(db, county, 1, 2, { labour: 'none', birth: '2014-03-10', relation: 'grandson' })
      await insertPerson(db, county, 1, 3, { labour: 'none', birth: '2004-03-11', relation: 'granddaughter' })
      await insertPerson(db, county, 1, 4, { labour: 'skilled', left_on: '2020-01-01' })
      const term = (person: number, status: string, day: string, more: FactRow = {}) =>
        facts(
          batch,
          1,
          person,
        )([{ term: day, stage: 'primary', status, reported_on: day, ...more }]).map((row) => ({
          ...row,
          row_no: person * 100 + Number(day.slice(5, 7)),
        }))
      await insertRows(db, 'school_enrolment', [
        ...term(2, 'not-enrolled', '2020-02-20', { reason: 'physical' }),
        ...term(3, 'enrolled', '2019-09-20'),
        ...term(3, 'suspected-dropout', '2020-02-20'),
      ])
      await insertRows(db, 'medical_insurance', [
        ...facts(batch, 1, 1)([{ year: 2020, resident: true, employee: false }]),
        ...facts(batch, 1, 2)([{ year: 2020, resident: false, employee: false }]),
        ...facts(batch, 1, 3)([{ year: 2019, resident: true, employee: false }]),
      ])
      await screen(screeningDeps, session, { scope: 'full' })
      expect(await indicatorsOf(db)).toMatchObject({
        labourMembers: 0,
        schoolAgeMembers: 2,
        dropoutMembers: 1,
        uninsuredMembers: 1,
      })
      expect((await openSignals(db)).map(({ rule }) => rule)).toEqual(['R05', 'R08', 'R24'])
    }))

  test('nobody reported: a child without a school record, a member without insurance record, no survey', () =>
    undone(t.database, async (session) => {
      const { db } = session
      await coverAll(db)
      await insertHousehold(db, county, 1, { member_count: 1 })
      await insertPerson(db, county, 1, 1, { birth: '2010-01-01' })
      await screen(screeningDeps, session, { scope: 'full' })
      expect(await indicatorsOf(db)).toMatchObject({
        dropoutMembers: null,
        uninsuredMembers: null,
        dwellingGrade: null,
        netIncomePerHeadFen: null,
        waterQualityFailed: null,
        // Events: on time and nothing reported means nothing happened.
        longestWaterCutDays: 0,
        inpatientSelfPaidYearFen: 0,
        assistanceStoppedMembers: 0,
      })
      expect(await openSignals(db)).toEqual([])
    }))

  test('water cuts: overlaps count once, an open cut ends with the next observation', () =>
    undone(t.database, async (session) => {
      const { db } = session
      const batch = await coverAll(db)
      await insertHousehold(db, county, 1)
      await insertRows(
        db,
        'water_survey',
        facts(
          batch,
          1,
          null,
        )([
          { observed_on: '2019-02-01', cut_from: '2019-01-01', cut_to: '2019-02-01' },
          {
            observed_on: '2019-06-05',
            cut_from: '2019-06-01',
            cut_to: '2019-06-05',
            litres: 50,
            quality: 'passed',
          },
          { observed_on: '2019-06-10', cut_from: '2019-06-04', litres: 34.9, trip_minutes: 5, scarce: false },
          { observed_on: '2019-06-12', quality: 'failed' },
          { observed_on: '2020-03-01', cut_from: '2020-03-05', cut_to: null },
        ]),
      )
      await screen(screeningDeps, session, { scope: 'full' })
      expect(await indicatorsOf(db)).toMatchObject({
        longestWaterCutDays: 12,
        waterCutDaysYear: 18,
        waterDecilitres: 349,
        waterQualityFailed: true,
        waterTripMinutes: 5,
      })
      expect((await openSignals(db)).map(({ rule, caseNo }) => [rule, caseNo])).toEqual([
        ['R11', 2],
        ['R12', 1],
      ])
    }))

  test('illness, disability, assistance, dwelling and work', () =>
    undone(t.database, async (session) => {
      const { db } = session
      const batch = await coverAll(db)
      await insertHousehold(db, county, 1, { member_count: 2 })
      await insertPerson(db, county, 1, 1)
      await insertPerson(db, county, 1, 2)
      const one = facts(batch, 1, 1)
      const two = facts(batch, 1, 2)
      const ill = { disease: '测试', kind: 'major', special: true }
      await insertRows(db, 'illness', [
        ...one([
          { ...ill, diagnosed_on: '2019-12-12' },
          { ...ill, diagnosed_on: '2020-02-01' },
        ]),
        ...two([
          { ...ill, diagnosed_on: '2019-12-11' },
          {
            ...ill,
            kind: 'suspected',
            diagnosed_on: '2020-02-01',
            outcome: 'released',
            outcome_on: '2020-02-25',
          },
        ]),
      ])
      const card = { certificate_no_cipher: '\\x00', category: 'limb' }
      const index = (n: number) => ({ certificate_no_index: `00000000-0000-0000-0000-00000000000${n}` })
      await insertRows(db, 'disability_certificate', [
        ...one([{ ...card, ...index(1), grade: '2', issued_on: '2020-01-05' }]),
        ...two([
          { ...card, ...index(2), grade: '3', issued_on: '2015-01-05' },
          { ...card, ...index(3), grade: '3', issued_on: '2020-01-05' },
        ]),
      ])
      await insertRows(db, 'social_assistance', [
        ...one([{ kind: 'dibao', started_on: '2018-01-01', ended_on: '2020-01-31' }]),
        ...two([
          { kind: 'dibao', started_on: '2018-01-01', ended_on: '2020-01-31' },
          { kind: 'tekun', started_on: '2020-02-01', ended_on: null },
        ]),
      ])
      await insertRows(
        db,
        'dwelling_survey',
        facts(
          batch,
          1,
          null,
        )([
          { assessed_on: '2018-05-01', grade: 'D' },
          { assessed_on: '2019-05-01', grade: 'C', finished_on: null, lived_in: true },
        ]),
      )
      const month = (day: string, status: string) => ({ month: day, status })
      await insertRows(db, 'employment_month', [
        ...one([
          month('2019-10-01', 'employed'),
          month('2019-11-01', 'unemployed'),
          month('2019-12-01', 'returned'),
          month('2020-01-01', 'not-employed'),
        ]),
        ...two([month('2019-12-01', 'not-employed'), month('2020-01-01', 'not-employed')]),
      ])
      await screen(screeningDeps, session, { scope: 'full' })
      expect(await indicatorsOf(db)).toMatchObject({
        newMajorIllnessMembers: 1,
        epidemicMembers: 1,
        newSevereDisabilityMembers: 1,
        newMildDisabilityMembers: 0,
        assistanceStoppedMembers: 1,
        dwellingGrade: 3,
        longestJoblessMonths: 3,
      })
      const rules = ['R04', 'R07', 'R10', 'R13', 'R14']
      expect((await openSignals(db)).map(({ rule }) => rule)).toEqual(rules)
      const { rows } = await sql<{ rule: string; n: number }>`
        select s.rule, count(*) as n from signal s join signal_evidence e on e.county = s.county and e.signal_id = s.id
        group by s.rule order by s.rule`.execute(db)
      expect(rows).toEqual([
        { rule: 'R04', n: 2 },
        { rule: 'R07', n: 1 },
        { rule: 'R10', n: 1 },
        { rule: 'R13', n: 1 },
        { rule: 'R14', n: 3 },
      ])
    }))
})
