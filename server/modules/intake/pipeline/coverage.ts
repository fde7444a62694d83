import type pg from 'pg'
import { areaScope, levelOf } from '#server/modules/divisions/index.ts'
import { type FeedDefinition, storedAs } from '#server/modules/feeds/index.ts'
import type { Intake } from './intake.ts'

/** What the placed rows of a file speak of, chunk by chunk: county, subject, newest day not after the batch's. */
export const spokenOf = 'spoken_of'

export async function openSpoken(client: pg.PoolClient) {
  await client.query(
    `create temp table ${spokenOf} (county integer, subject text, newest date) on commit drop`,
  )
}

/** A statement that notes what the rows `r` of a relation speak of; `$3` is the batch's day. */
export function noteSpoken(feed: FeedDefinition, relation: string): string {
  return `insert into ${spokenOf} select r.county, ${subjectOf(feed)}, max(${dayOf(feed)}) from ${relation} r
    where r.exact group by 1, 2`
}

/** The subject a row is of, where codes tell it; every row of a feed without such subjects speaks of all there is. */
function subjectOf({ subjects = {}, columns }: FeedDefinition): string {
  const branches = Object.entries(subjects).flatMap(([name, { column: key, codes }]) => {
    const column = columns.find((one) => one.key === key)
    const stored = column && storedAs(column)[0]?.column
    if (!codes || !stored) return []
    return [`when r.${stored} in (${codes.map((code) => `'${code}'`).join(', ')}) then '${name}'`]
  })
  return branches.length > 0 ? `case ${branches.join(' ')} else '' end` : `''::text`
}

/** A month is covered to its end. */
function dayOf({ observedBy, columns }: FeedDefinition): string {
  const column = columns.find(({ key }) => key === observedBy)
  const stored = column && storedAs(column)[0]?.column
  // Null, in a way that leaves the third parameter its type.
  if (!stored) return 'nullif($3::date, $3::date)'
  const day = `case when r.${stored} <= $3::date then r.${stored} end`
  return column.type === 'month' ? `(${day} + interval '1 month - 1 day')::date` : day
}

/** Subjects that a file of this mapping speaks of because it has their column; none where codes tell, or all is one. */
function subjectsBy({ feed: { subjects = {} }, mapping }: Pick<Intake, 'feed' | 'mapping'>): string[] {
  return Object.entries(subjects).flatMap(([name, { column, codes }]) =>
    codes === undefined && column in mapping ? [name] : [],
  )
}

/**
 * Notes until which day which counties are covered, and of what: the period the sender named, else the newest day the file speaks of,
 * else the batch's day. A sender who names the period answers for the whole area; so does a file that speaks of more than a share of
 * the area's counties; any other covers the counties it speaks of. A file for one township covers nothing of the rest of its county
 * and covers none. Answers the day.
 */
export async function coverCounties(
  client: pg.PoolClient,
  intake: Intake,
  { now, shareOfCounties }: { now: Date; shareOfCounties: number },
): Promise<string | null> {
  const { feed, area, periodTo, asOf, id } = intake
  const level = levelOf(area)
  if (level === 'township' || level === 'village') return null
  const { from, to } = areaScope(area)
  const { rows } = await client.query<{ until: string | null }>(
    `with seen as (
       select s.county, coalesce(m.subject, s.subject) as subject, max(s.newest) as newest
       from ${spokenOf} s left join unnest($7::text[]) m (subject) on true group by 1, 2
     ), told as (
       select subject, count(*) as counties, least(coalesce($8::date, max(newest), $2::date), $2::date) as until
       from seen group by subject
     ), populated as (
       select (d.code / 1000000)::integer as county from division d
       where d.level = 'county' and d.code between $5 and $6 and exists (
         select from household h where h.county = d.code / 1000000 and h.closed_on is null)
     ), covered as (
       select p.county, t.subject, t.until
       from populated p cross join told t left join seen using (county, subject)
       where seen.county is not null or $8::date is not null
         or t.counties > $9::float8 * (select count(*) from populated)
     ), kept as (
       insert into batch_coverage (county, batch_id, feed, subject, covered_until, known_from)
       select county, $3, $1, subject, until, $4::timestamptz from covered
       on conflict (county, batch_id, subject) do update set covered_until = excluded.covered_until,
         known_from = excluded.known_from
     ), newest as (
       insert into feed_coverage (feed, county, subject, covered_until, batch_id, merged_at)
       select $1, county, subject, until, $3, $4::timestamptz from covered
       on conflict (feed, county, subject) do update set covered_until = excluded.covered_until,
         batch_id = excluded.batch_id, merged_at = excluded.merged_at
       where feed_coverage.covered_until < excluded.covered_until
     )
     select max(until) as until from covered`,
    [feed.code, asOf, id, now, from, to, subjectsBy(intake), periodTo, shareOfCounties],
  )
  return rows[0]?.until ?? null
}
