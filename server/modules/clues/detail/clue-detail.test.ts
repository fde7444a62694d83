import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { areaScope } from '#server/modules/divisions/index.ts'
import { packOn, screen } from '#server/modules/screening/index.ts'
import { clockAt } from '#server/platform/clock.ts'
import { type Database, inTransaction } from '#server/platform/database/db.ts'
import { fillExchange } from '#server/platform/row-exchange.ts'
import { openTestDatabase, type TestDatabase, testDeps } from '#test/harness/database.ts'
import {
  cover,
  type FactRow,
  insertBatch,
  insertHousehold,
  insertPerson,
  insertRows,
} from '#test/harness/facts.ts'
import { touched } from '#test/harness/screening.ts'
import { mergeSignals } from '../arrivals/merge-signals.ts'
import { getClue } from './clue-detail.ts'

const asOf = '2020-03-10'
const county = 341_221
const deps = { policy: packOn(asOf), clock: clockAt(asOf) }
const scope = areaScope(county * 1e6)

/** Screens the households of a batch, or all, and merges the signals: what the intake does. */
function judge(database: Database, batch?: { feed: string; households: readonly number[] }) {
  return inTransaction(database, async (session) => {
    if (batch)
      await fillExchange(
        session.db,
        touched,
        sql`select ${county}::integer, unnest(${[...batch.households]}::bigint[])`,
      )
    const request = batch ? { touched, feeds: [batch.feed] } : ('full' as const)
    await screen(deps, session, { scope: request })
    return mergeSignals(deps, session)
  })
}

interface Facts {
  feed: string
  table: string
  rows: readonly FactRow[]
}

const known = { county, known_from: '2020-03-01T00:00:00Z' }
const stays = [1, 2, 3, 4].flatMap((household) =>
  [1, 2].map((n) => ({
    ...{ ...known, household_id: household, person_id: household, settlement_no: `${household}-${n}` },
    ...{
      visit_kind: 'inpatient',
      hospital: '临泉县人民医院',
      diagnosis: '脑梗死',
      settled_on: `2020-02-1${n}`,
    },
    ...{ total_fen: 900_000, self_paid_fen: household * 200_000 },
  })),
)
const facts: readonly Facts[] = [
  { feed: 'medical-settlement', table: 'medical_settlement', rows: stays },
  {
    feed: 'medical-insurance',
    table: 'medical_insurance',
    rows: [1, 2, 3, 4].map((household) => ({
      ...{ ...known, household_id: household, person_id: household, year: 2020 },
      ...{ resident: household !== 2, employee: false },
    })),
  },
  {
    feed: 'dwelling',
    table: 'dwelling_survey',
    rows: [2, 3].map((household) => ({
      ...{
        ...known,
        household_id: household,
        assessed_on: '2020-02-20',
        grade: household === 2 ? 'D' : 'C',
        lived_in: true,
      },
    })),
  },
]

async function prepare(database: Database) {
  for (const id of [1, 2, 3, 4]) {
    await insertHousehold(database.db, county, id, { head_name: `测试${id}` })
    await insertPerson(database.db, county, id, id, { name: `病人${id}` })
  }
  const batch = await insertBatch(database.db, 'member', asOf)
  await cover(database.db, 'member', county, asOf, batch)
  await judge(database, { feed: 'member', households: [1, 2, 3, 4] })
}

async function deliver(database: Database, { feed, table, rows }: Facts) {
  const batch = await insertBatch(database.db, feed, asOf)
  await insertRows(
    database.db,
    table,
    rows.map((row, i) => ({ ...row, batch_id: batch, row_no: i + 2 })),
  )
  await cover(database.db, feed, county, asOf, batch)
}

async function openClues(database: Database) {
  const { rows } = await sql`
    select household_id, cause, level, signal_level, rules, signals, why, state, opened_on, last_signal_on, village
    from clue order by household_id, cause`.execute(database.db)
  return rows
}

let t: TestDatabase
let other: TestDatabase
beforeAll(async () => {
  t = await openTestDatabase()
  other = await openTestDatabase()
  await Promise.all([prepare(t.database), prepare(other.database)])
})
afterAll(() => Promise.all([t.close(), other.close()]))

describe('clues from real facts', () => {
  test('batch after batch leaves the same clues as one full run', async () => {
    for (const one of facts) {
      await deliver(t.database, one)
      const households = [...new Set(one.rows.map((row) => Number(row.household_id)))]
      await judge(t.database, { feed: one.feed, households })
      await deliver(other.database, one)
    }
    await judge(other.database)
    const clues = await openClues(t.database)
    expect(clues.length).toBeGreaterThanOrEqual(5)
    expect(clues).toEqual(await openClues(other.database))
    // And a full run after the batches changes nothing.
    expect(await judge(t.database)).toEqual({ opened: 0, reopened: 0, cleared: 0 })
    expect(await openClues(t.database)).toEqual(clues)
  })

  test('a clue shows its history: why, on which rows, what would clear it, what cannot be judged', async () => {
    const { rows } = await sql<{
      id: string
    }>`select id from clue where household_id = 2 and cause = 'illness'`.execute(t.database.db)
    const clue = await getClue(testDeps(t.database, asOf), scope, rows[0]?.id ?? '')
    expect(clue).toMatchObject({ level: 'red', rules: ['R01', 'R05'], defaultDeadlineWorkingDays: 5 })
    expect(clue.signals.map(({ rule }) => rule)).toEqual(['R05', 'R01'])
    const [uninsured, hospital] = clue.signals
    expect(hospital?.measure).toMatchObject({ unit: 'fen', value: 800_000, threshold: 500_000, margin: 1.6 })
    expect(hospital?.sentence.zh).toContain('8,000 元')
    expect(hospital?.source).toMatchObject({ status: 'sample', sampleOf: { zh: '外省' } })
    expect(hospital?.clears.zh).not.toBe('')
    expect(hospital?.evidence.map(({ date, rowNo, person }) => [date, rowNo, person])).toEqual([
      ['2020-02-12', 5, '病人2'],
      ['2020-02-11', 4, '病人2'],
    ])
    expect(hospital?.evidence[0]).toMatchObject({
      ...{ feed: 'medical-settlement', department: 'YB', fileName: 'test.csv' },
      text: { zh: '住院，临泉县人民医院，脑梗死，个人自付 4,000 元' },
    })
    expect(uninsured?.evidence).toHaveLength(1)
    expect(clue.timeline.map(({ kind }) => kind)).toEqual(['opened', 'signal', 'level'])
    expect(clue.memberSummary).toMatchObject([{ name: '病人2', relation: 'head', age: 40 }])
    expect(clue.others).toMatchObject([{ cause: 'housing', level: 'red' }])
    const late = clue.cannotJudge.map(({ rule }) => rule)
    expect(late).toEqual(expect.arrayContaining(['R07', 'R11', 'R22']))
    // Nobody there is of school age: whatever a late source may say, no child is out of school.
    for (const known of ['R05', 'R08']) expect(late).not.toContain(known)
    expect(clue.cannotJudge.find(({ rule }) => rule === 'R11')?.because).toMatchObject([
      { why: 'late', what: { zh: '饮水安全监测' }, on: null },
    ])
  })
})
