import type pg from 'pg'
import type { FeedDefinition } from '#server/modules/feeds/index.ts'

/**
 * Fills the `issue` of staged rows, which is part of their key. Refunds of one number are told apart by day and amount: the same one
 * sent twice is one, a second one is a second. A bill that was taken back whole, and comes again under its number with a later day or
 * other amounts, was made out anew: it stands beside the one taken back, and that refund is none of it.
 */
export async function markIssues(client: pg.PoolClient, stage: string, feed: FeedDefinition) {
  if (!feed.takesBack) return
  const { table } = feed
  await client.query(
    `update ${stage} set issue = to_char(settled_on, 'YYYY-MM-DD') || ' ' || -total_fen where refund`,
  )
  await client.query(`
    with anew as (
      select match_index, settlement_no from ${stage} where not refund
    ), known as (
      -- From the refunds, which are few.
      select p.id_index as match_index, f.* from ${table} f
      join person p on p.county = f.county and p.id = f.person_id
      where f.refund and f.known_until is null and (p.id_index, f.settlement_no) in (select * from anew)
    ), back as (
      select match_index, settlement_no, settled_on, total_fen, self_paid_fen from known
      union select match_index, settlement_no, settled_on, total_fen, self_paid_fen from ${stage} where refund
    ), bill as (
      select k.match_index, f.settlement_no, f.settled_on, f.total_fen, f.self_paid_fen, f.issue
      from (select distinct match_index, county, household_id, person_id, settlement_no from known) k
      join ${table} f using (county, household_id, person_id, settlement_no)
      where not f.refund and f.known_until is null
      union all select match_index, settlement_no, settled_on, total_fen, self_paid_fen, issue
      from ${stage} s where not refund
        and exists (select from back where back.match_index = s.match_index and back.settlement_no = s.settlement_no)
    ), taken as (
      select distinct on (match_index, settlement_no, r.settled_on, r.total_fen, r.self_paid_fen)
        match_index, settlement_no, r.settled_on, b.total_fen, b.self_paid_fen
      from back r join bill b using (match_index, settlement_no)
      where b.total_fen = -r.total_fen and b.settled_on <= r.settled_on
      order by match_index, settlement_no, r.settled_on, r.total_fen, r.self_paid_fen,
        b.self_paid_fen = -r.self_paid_fen desc, b.settled_on desc
    ), after as (
      select s.row_no, max(t.settled_on) as taken_on
      from ${stage} s join taken t using (match_index, settlement_no)
      where not s.refund and (s.settled_on > t.settled_on
        or s.settled_on = t.settled_on and (s.total_fen, s.self_paid_fen) <> (t.total_fen, t.self_paid_fen))
      group by s.row_no
    )
    update ${stage} s set issue = 'after ' || to_char(a.taken_on, 'YYYY-MM-DD') from after a where a.row_no = s.row_no`)
}
