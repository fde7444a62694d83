import { sql } from 'kysely'
import { packOn } from '#server/modules/screening/index.ts'
import { clockAt } from '#server/platform/clock.ts'
import { type Database, type Db, inTransaction, type Session } from '#server/platform/database/db.ts'
import { defineExchange, type HouseholdPlace, householdPlace } from '#server/platform/row-exchange.ts'
import { cover, type FactRow, insertBatch } from './facts.ts'

export const asOf = '2020-03-10'
export const county = 341_221
/** Too long ago for any source. */
export const late = '2019-10-01'
/** Households that a test's batch touched. */
export const touched = defineExchange<HouseholdPlace>('touched', householdPlace)
export const screeningDeps = { policy: packOn(asOf), clock: clockAt(asOf) }

/** Work in a transaction that is never kept. */
export function undone(database: Database, work: (session: Session) => Promise<void>): Promise<void> {
  const stop = new Error('undo')
  return inTransaction(database, async (session) => {
    await work(session)
    throw stop
  }).catch((error: unknown) => {
    if (error !== stop) throw error
  })
}

const allFeeds = [
  'member',
  'income',
  'medical-settlement',
  'medical-insurance',
  'illness',
  'school-enrolment',
  'dwelling',
  'water',
  'social-assistance',
  'disability',
  'employment',
]

export async function coverAll(db: Db, options: { late?: readonly string[] } = {}): Promise<number> {
  const batch = await insertBatch(db, 'test', asOf)
  for (const feed of allFeeds)
    await cover(db, feed, county, options.late?.includes(feed) ? late : '2020-02-29', batch)
  return batch
}

/** Rows of a fact table for one household and person. */
export const facts =
  (batch: number, household = 1, person: number | null = 1) =>
  (rows: FactRow[]) =>
    rows.map((row, i) => ({
      county,
      household_id: household,
      ...(person === null ? {} : { person_id: person }),
      batch_id: batch,
      row_no: i + 1,
      known_from: '2020-03-01T00:00:00Z',
      ...row,
    }))

export async function indicatorsOf(db: Db, household = 1) {
  const { rows } = await sql<Record<string, number | boolean | null>>`
    select * from indicator where county = ${county} and household_id = ${household}`.execute(db)
  return rows[0] ?? {}
}

export async function openSignals(db: Db) {
  const { rows } = await sql<{
    rule: string
    level: string
    measured: number
    threshold: number
    caseNo: number
  }>`
    select rule, level, measured, threshold, case_no from signal where cleared_on is null
      order by rule, household_id`.execute(db)
  return rows
}
