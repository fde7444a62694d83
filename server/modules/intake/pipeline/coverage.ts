import type pg from 'pg'
import { areaScope, levelOf } from '#server/modules/divisions/index.ts'
import type { Intake } from './intake.ts'

/**
 * Notes until which day the counties are covered: the period the sender named, else the newest day the file speaks of, else
 * the batch's day. A file for one township says nothing about the rest of its county and covers none. Answers the day.
 */
export async function coverCounties(
  client: pg.PoolClient,
  { feed, area, periodTo, asOf, id }: Intake,
  newest: string | null,
  now: Date,
): Promise<string | null> {
  const level = levelOf(area)
  if (level === 'township' || level === 'village') return null
  const { from, to } = areaScope(area)
  const reached = periodTo ?? newest ?? asOf
  const until = reached < asOf ? reached : asOf
  await client.query(
    `insert into feed_coverage (feed, county, covered_until, batch_id, merged_at)
     select $1, d.code / 1000000, $2::date, $3, $4::timestamptz
     from division d where d.level = 'county' and d.code between $5 and $6
     on conflict (feed, county) do update set covered_until = excluded.covered_until, batch_id = excluded.batch_id,
       merged_at = excluded.merged_at
     where feed_coverage.covered_until < excluded.covered_until`,
    [feed.code, until, id, now, from, to],
  )
  return until
}
