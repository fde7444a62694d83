import type pg from 'pg'
import { areaScope, levelOf } from '#server/modules/divisions/index.ts'
import { storedAs } from '../definitions/kit.ts'
import type { Intake } from './intake.ts'
import type { IntakeTables } from './tables.ts'

/**
 * Notes until which day the counties are covered: the period the sender named, else the newest day the file speaks of, else
 * the batch's day. A file for one township says nothing about the rest of its county and covers none.
 */
export async function coverCounties(
  client: pg.PoolClient,
  tables: IntakeTables,
  intake: Intake,
  now: Date,
): Promise<void> {
  const { feed, area, periodTo, asOf, id } = intake
  const level = levelOf(area)
  if (level === 'township' || level === 'village') return
  const { from, to } = areaScope(area)
  await client.query(
    `insert into feed_coverage (feed, county, covered_until, batch_id, merged_at)
     select $1, d.code / 1000000, least(coalesce($2::date, (${newestDay(intake, tables)}), $3::date), $3::date), $4, $5::timestamptz
     from division d where d.level = 'county' and d.code between $6 and $7
     on conflict (feed, county) do update set covered_until = excluded.covered_until, batch_id = excluded.batch_id,
       merged_at = excluded.merged_at
     where feed_coverage.covered_until < excluded.covered_until`,
    [feed.code, periodTo, asOf, id, now, from, to],
  )
}

/** A month is covered to its end. */
function newestDay({ feed }: Intake, { placed }: IntakeTables): string {
  const column = feed.columns.find(({ key }) => key === feed.observedBy)
  const stored = column && storedAs(column)[0]?.column
  if (!stored) return 'null::date'
  const day = column.type === 'month' ? `max(${stored}) + interval '1 month - 1 day'` : `max(${stored})`
  return `select (${day})::date from ${placed} where exact and ${stored} <= $3::date`
}
