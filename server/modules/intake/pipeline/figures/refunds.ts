import { sql } from 'kysely'
import type pg from 'pg'
import { type FeedDefinition, feeds, refundTies } from '#server/modules/feeds/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { rowsOf } from '#server/platform/row-exchange.ts'
import type { HoldReason } from '../hold.ts'
import { touchedHouseholds } from '../merge-facts.ts'
import { touchedPlaces } from '../rows/place-rows.ts'

const rowsNamed = 20

const known = (table: string) => `(select * from ${table} where known_until is null)`

/** Refunds of `refundTies` that take nothing back. */
const waiting = `(select r.* from back r
       left join refund_tie t on t.county = r.county and t.household_id = r.household_id and t.person_id = r.person_id
         and t.refund_no = r.settlement_no and t.refund_issue = r.issue
       where t.refund_no is null)`

/**
 * Refunds of the batch that together take back more than the bill was, those of numbers of their own that mirror a bill already taken back
 * among them: one of them repeats another, and nobody here knows which.
 */
export async function contradictoryRefunds(
  client: pg.PoolClient,
  { id, feed }: { id: number; feed: FeedDefinition },
): Promise<HoldReason | undefined> {
  if (!feed.takesBack) return undefined
  const places = `(select distinct county, household_id from ${touchedPlaces}) t`
  const { rows } = await client.query<{ rowNo: number }>(
    `with ${refundTies(places, known(feed.table))}, claim as (
       select county, household_id, person_id, bill_no, bill_issue, refund_total, bill_total, batch_id, row_no
       from refund_tie
       union all
       select county, household_id, person_id, b.settlement_no, b.issue, r.total_fen, b.total_fen, r.batch_id, r.row_no
       from ${waiting} r join bill b using (county, household_id, person_id, visit_kind)
       where b.total_fen = -r.total_fen and b.self_paid_fen = -r.self_paid_fen and b.settled_on <= r.settled_on
         and b.admitted_on is not distinct from r.admitted_on
     ), too_much as (
       select county, household_id, person_id, bill_no, bill_issue from claim
       group by county, household_id, person_id, bill_no, bill_issue
       having sum(-refund_total) > min(bill_total) and bool_or(batch_id = $1)
     )
     select distinct t.row_no as "rowNo" from claim t
     join too_much m using (county, household_id, person_id, bill_no, bill_issue)
     where t.batch_id = $1 order by t.row_no limit ${rowsNamed}`,
    [id],
  )
  if (rows.length === 0) return undefined
  return { code: 'refunds-contradict', share: rows.length, limit: 0, rowNos: rows.map(({ rowNo }) => rowNo) }
}

/** Names anew, for the households a batch touched, the refunds that take nothing back because their bill is not known. */
export async function renewWaitingRefunds(db: Db): Promise<void> {
  const touched = rowsOf(touchedHouseholds)
  await sql`
    delete from waiting_refund w using ${touched} t
    where w.county = t.county and w.household_id = t.household_id`.execute(db)
  for (const { table } of feeds.filter(({ takesBack }) => takesBack)) {
    const ties = sql.raw(refundTies(`${touchedHouseholds.table} t`, known(table)))
    await sql`
      with ${ties}
      insert into waiting_refund (county, village, household_id, person_id, batch_id, row_no)
      select r.county, r.village, r.household_id, r.person_id, r.batch_id, r.row_no from ${sql.raw(waiting)} r`.execute(
      db,
    )
  }
}
