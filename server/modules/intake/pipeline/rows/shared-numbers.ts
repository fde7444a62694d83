import type pg from 'pg'
import type { FeedDefinition } from '#server/modules/feeds/index.ts'
import type { IntakeTables } from '../tables.ts'

/**
 * One bill is one person's: rows that bear the same number of the same hospital for people of different names and ID numbers all come
 * back, each with the other's row, for nobody can tell whose it is. Answers how many.
 */
export async function refuseSharedNumbers(
  client: pg.PoolClient,
  stage: string,
  tables: IntakeTables,
  feed: FeedDefinition,
): Promise<number> {
  if (!feed.takesBack) return 0
  const { rowCount } = await client.query(`
    with shared as (
      select settlement_no, hospital, min(row_no) as first from ${stage}
      group by settlement_no, hospital
      having min(match_index::text) <> max(match_index::text) and min(match_name) <> max(match_name)
    ), beside as (
      select s.row_no, case when s.row_no <> h.first then h.first else (select min(o.row_no) from ${stage} o
        where o.settlement_no = s.settlement_no and o.hospital is not distinct from s.hospital
          and o.match_index <> s.match_index) end as other
      from ${stage} s
      join shared h on h.settlement_no = s.settlement_no and h.hospital is not distinct from s.hospital
    ), back as (
      delete from ${stage} s using beside b where b.row_no = s.row_no returning s.row_no, b.other
    )
    insert into ${tables.refused} select row_no, 'number-of-two', 'settlementNo', other from back`)
  return rowCount ?? 0
}
