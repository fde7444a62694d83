import { sql } from 'kysely'
import type { Cause, RiskLevel } from '#contract/common.ts'
import { clueClock, openStates } from '#server/modules/clues/index.ts'
import { overdueOn } from '#server/modules/deadlines/index.ts'
import { type AreaScope, countyOf, coversWholeCounties } from '#server/modules/divisions/index.ts'
import type { Db } from '#server/platform/database/db.ts'

const inArea = ({ from, to }: AreaScope) => sql`c.village between ${from}::bigint and ${to}::bigint`
/** Tallies by county, of an area that covers counties whole. */
const inCounties = ({ from, to }: AreaScope) => sql`t.county between ${countyOf(from)} and ${countyOf(to)}`
const isOpen = sql`c.closed_on is null`

/** Clues that were open at the end of a day. */
const openAt = (day: string) =>
  sql`(c.opened_on <= ${day}::date and (c.closed_on is null or c.closed_on > ${day}::date))`

export interface Days {
  today: string
  /** First day of the week that ends today. */
  weekFrom: string
  weekAgo: string
  /** First day of the week that ended a week ago. */
  weekBeforeFrom: string
}

/** An area, and how many codes are in one of the divisions it is broken down into; what is kept by county can answer for counties. */
export interface Parts {
  area: AreaScope
  span: number
}
const isKept = ({ area, span }: Parts) => coversWholeCounties(area) && span >= 1e6

export interface RiskCount {
  /** Division below the area. */
  child: number
  level: RiskLevel
  cause: Cause
  open: number
  overdue: number
}

/** Open clues by child division, level and cause; those past their day are counted by themselves, from their own index. */
export async function countRisk(db: Db, parts: Parts, today: string): Promise<RiskCount[]> {
  const { area, span } = parts
  const child = sql`c.village / ${span}::bigint * ${span}::bigint`
  const open = isKept(parts)
    ? sql`select t.county::bigint * 1000000 / ${span}::bigint * ${span}::bigint as child, t.level, t.cause,
      sum(t.clues)::int as open,
        0 as overdue
      from clue_tally t where ${inCounties(area)} and t.state = any(${[...openStates]}::text[])
      group by 1, 2, 3 having sum(t.clues) <> 0`
    : sql`select ${child} as child, c.level, c.cause, count(*)::int as open, 0 as overdue
      from clue c where ${inArea(area)} and ${isOpen} group by 1, 2, 3`
  const { rows } = await sql<RiskCount>`
    ${open} union all
    select ${child}, c.level, c.cause, 0, count(*)::int from clue c
    where ${inArea(area)} and ${overdueOn(clueClock, today)} group by 1, 2, 3`.execute(db)
  return rows
}

interface ThenAndNow {
  now: number
  weekAgo: number
}

/** Clues of a week that are open at its end. */
export async function countOpened(db: Db, area: AreaScope, days: Days): Promise<ThenAndNow> {
  const { rows } = await sql<ThenAndNow>`
    select count(*) filter (where ${isOpen} and c.opened_on >= ${days.weekFrom}::date) as now,
      count(*) filter (where ${openAt(days.weekAgo)}) as week_ago
    from clue c where ${inArea(area)} and c.opened_on >= ${days.weekBeforeFrom}::date`.execute(db)
  return rows[0] ?? { now: 0, weekAgo: 0 }
}

export async function countHouseholdsAtRisk(db: Db, area: AreaScope, weekAgo: string): Promise<ThenAndNow> {
  const counted = coversWholeCounties(area)
    ? sql<ThenAndNow>`
      select now, now - (
          select coalesce(sum(t.households), 0)::int from clue_span_tally t where ${inCounties(area)}
            and t.day > ${weekAgo}::date
        ) as week_ago
      from (
        select count(*)::int as now from household_clues c where c.open_clues > 0 and ${inArea(area)}
      ) x`
    : sql<ThenAndNow>`
      select count(*) filter (where now) as now, count(*) filter (where before) as week_ago
      from (
        select bool_or(${isOpen}) as now, bool_or(${openAt(weekAgo)}) as before
        from clue c where ${inArea(area)} and (${isOpen} or c.closed_on > ${weekAgo}::date)
        group by c.household_id
      ) x`
  const { rows } = await counted.execute(db)
  return rows[0] ?? { now: 0, weekAgo: 0 }
}

const handedOn = sql`('dispatched', 'recalled', 'assigned', 'visited', 'again', 'confirmed', 'excluded', 'solved',
  'cleared')`

/**
 * Clues that were overdue at the end of a day: as they lie there where nothing happened to them since, else computed from their
 * history; before anybody had handed one on it was the county's, by the day it had for that.
 */
export async function countOverdueAt(db: Db, area: AreaScope, day: string): Promise<number> {
  const next = sql`((${day}::date + 1)::timestamp at time zone 'Asia/Shanghai')`
  const { rows } = await sql<{ n: number }>`
    with since as materialized (
      select distinct c.county, c.id from clue_event e join clue c on c.county = e.county and c.id = e.clue_id
      where e.at >= ${next} and e.kind in ${handedOn} and ${inArea(area)}
        and e.county between ${countyOf(area.from)} and ${countyOf(area.to)}
    )
    select (
      select count(*) from clue c where ${inArea(area)} and ${overdueOn(clueClock, day)}
        and not exists (select from since s where s.county = c.county and s.id = c.id)
    ) + (
      select count(*) from since s join clue c on c.county = s.county and c.id = s.id left join lateral (
        select e.kind, (e.details ->> 'dueOn')::date as due_on from clue_event e
        where e.county = s.county and e.clue_id = s.id and e.kind in ${handedOn} and e.at < ${next}
        order by e.id desc limit 1
      ) x on true
      where case when x.kind in ('dispatched', 'assigned', 'visited', 'again') then x.due_on
        when x.kind is null or x.kind = 'recalled' then coalesce(x.due_on, c.dispatch_due_on) end < ${day}::date
    ) as n`.execute(db)
  return rows[0]?.n ?? 0
}

export interface DayCount {
  day: string
  opened: number
  ended: number
}

/** Clues opened and ended on each day from the first one on. */
export async function countDays(db: Db, area: AreaScope, from: string): Promise<DayCount[]> {
  const counted = coversWholeCounties(area)
    ? sql`clue_day_tally t where ${inCounties(area)} and t.day >= ${from}::date`
    : sql`(
        select c.opened_on as day, 'opened' as change, 1 as clues from clue c where ${inArea(area)}
          and c.opened_on >= ${from}::date
        union all
        select c.closed_on, 'closed', 1 from clue c where ${inArea(area)} and c.closed_on >= ${from}::date
      ) t`
  const { rows } = await sql<DayCount>`
    select t.day, coalesce(sum(t.clues) filter (where t.change = 'opened'), 0)::int as opened,
      coalesce(sum(t.clues) filter (where t.change = 'closed'), 0)::int as ended
    from ${counted} group by 1`.execute(db)
  return rows
}

/** Households of the registry by child division. */
export async function countRegistry(db: Db, parts: Parts) {
  const { area, span } = parts
  const counted = isKept(parts)
    ? sql`
      select t.county::bigint * 1000000 / ${span}::bigint * ${span}::bigint as child,
        sum(t.households)::int as households,
        coalesce(sum(t.households) filter (where t.registered), 0)::int as registered
      from household_tally t where ${inCounties(area)} group by 1 having sum(t.households) <> 0`
    : sql`
      select village / ${span}::bigint * ${span}::bigint as child, count(*)::int as households,
        (count(*) filter (where registered))::int as registered
      from household c where ${inArea(area)} and closed_on is null group by 1`
  const { rows } = await sql<{ child: number; households: number; registered: number }>`${counted}`.execute(
    db,
  )
  return rows
}

/** Counties of the area that have households, and those of the area itself when it lies inside one. */
export async function listCounties(db: Db, area: AreaScope) {
  const { from, to } = area
  const populated = coversWholeCounties(area)
    ? sql`d.code / 1000000 in (select t.county from household_tally t where ${inCounties(area)} group by 1
      having sum(t.households) <> 0)`
    : sql`exists (select from household c where ${inArea(area)})`
  const { rows } = await sql<{ code: number; name: string; level: 'county' }>`
    select d.code, d.name, d.level from division d
    where d.level = 'county' and d.code between ${countyOf(from) * 1e6}::bigint and ${to}::bigint and ${populated}
    order by d.code`.execute(db)
  return rows
}

export async function listCoverage(db: Db, counties: readonly number[]) {
  const { rows } = await sql<{ feed: string; county: number; coveredUntil: string }>`
    select feed, county, max(covered_until) as covered_until from feed_coverage
    where county = any(${[...counties]}::int[]) group by feed, county`.execute(db)
  return rows
}

export async function countHeldBatches(db: Db, { from, to }: AreaScope): Promise<Map<string, number>> {
  const { rows } = await sql<{ feed: string; n: number }>`
    select feed, count(*) as n from batch
    where state = 'held' and area between ${from}::bigint and ${to}::bigint group by feed`.execute(db)
  return new Map(rows.map(({ feed, n }) => [feed, n]))
}
