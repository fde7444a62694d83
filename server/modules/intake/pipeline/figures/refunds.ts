import type pg from 'pg'
import { type FeedDefinition, refundTies } from '#server/modules/feeds/index.ts'
import type { HoldReason } from '../hold.ts'
import { touchedPlaces } from '../rows/place-rows.ts'

const rowsNamed = 20

/** Refunds of the batch that together take back more than the bill was: one of them repeats another, and nobody here knows which. */
export async function contradictoryRefunds(
  client: pg.PoolClient,
  { id, feed }: { id: number; feed: FeedDefinition },
): Promise<HoldReason | undefined> {
  if (!feed.columns.some(({ key }) => key === 'refund')) return undefined
  const places = `(select distinct county, household_id from ${touchedPlaces}) t`
  const { rows } = await client.query<{ rowNo: number }>(
    `with ${refundTies(places, `(select * from ${feed.table} where known_until is null)`)}, too_much as (
       select county, household_id, person_id, bill_no from refund_tie
       group by county, household_id, person_id, bill_no
       having sum(-refund_total) > min(bill_total) and bool_or(batch_id = $1)
     )
     select t.row_no as "rowNo" from refund_tie t join too_much m using (county, household_id, person_id, bill_no)
     where t.batch_id = $1 order by t.row_no limit ${rowsNamed}`,
    [id],
  )
  if (rows.length === 0) return undefined
  return { code: 'refunds-contradict', share: rows.length, limit: 0, rowNos: rows.map(({ rowNo }) => rowNo) }
}
