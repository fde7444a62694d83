import { sql } from 'kysely'
import { areaScope } from '#server/modules/divisions/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import type { Stated } from './column-places.ts'

/** One money column of a file that was read. */
export interface Figure {
  /** Decimal places above fen. */
  digits: number
  stated: Stated
  /** Of the amounts that are not 0, their signs aside; fen. */
  median: number | null
  /** Amounts that are not 0. */
  filled: number
  /** Sound rows of the file. */
  rows: number
  /** The same by the values of the column that tells sizes apart, where the feed has one. */
  by?: Readonly<Record<string, { median: number | null; filled: number }>>
}

export type Figures = Readonly<Record<string, Figure>>

/**
 * The figures of the newest file of each feed that was taken in for the area, for a place in it or for one around it. A file that is
 * being corrected (`except`) does not count: it is said to be wrong.
 */
export async function findKnownFigures(
  db: Db,
  feeds: readonly string[],
  area: number,
  except: number | null = null,
): Promise<Map<string, Figures>> {
  const { from, to } = areaScope(area)
  const { rows } = await sql<{ feed: string; figures: Figures }>`
    with recursive around (code) as (
      select ${area}::bigint union select d.parent_code from division d join around on d.code = around.code
        where d.parent_code is not null
    ), corrected (id) as (
      select ${except}::bigint union select b.corrects from batch b join corrected on b.id = corrected.id
        where b.corrects is not null
    )
    select distinct on (b.feed) b.feed, b.figures
    from batch b
    where b.feed = any(${[...feeds]}::text[]) and b.state = 'merged' and b.figures is not null
      and (b.area between ${from}::bigint and ${to}::bigint or b.area in (select code from around))
      and b.id not in (select id from corrected where id is not null)
    order by b.feed, b.id desc`.execute(db)
  return new Map(rows.map(({ feed, figures }) => [feed, figures]))
}
