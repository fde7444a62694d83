import { sql } from 'kysely'
import type { Cause, RiskLevel } from '#contract/common.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import type { Db } from '#server/platform/db.ts'
import { overdueOn } from './clue-filter.ts'

const inArea = ({ from, to }: AreaScope) => sql`c.village between ${from}::bigint and ${to}::bigint`

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

export interface RiskCount {
  /** Division below the area. */
  child: number
  level: RiskLevel
  cause: Cause
  open: number
  overdue: number
  opened: number
  openBefore: number
  openedBefore: number
}

/** Open clues by child division, level and cause, now and a week ago. `span`: codes in one child. */
export async function countRisk(db: Db, area: AreaScope, span: number, days: Days): Promise<RiskCount[]> {
  const isOpen = sql`c.closed_on is null`
  const { rows } = await sql<RiskCount>`
    select c.village / ${span}::bigint * ${span}::bigint as child, c.level, c.cause,
      count(*) filter (where ${isOpen}) as open,
      count(*) filter (where ${overdueOn(days.today)}) as overdue,
      count(*) filter (where ${isOpen} and c.opened_on >= ${days.weekFrom}::date) as opened,
      count(*) filter (where ${openAt(days.weekAgo)}) as open_before,
      count(*) filter (where ${openAt(days.weekAgo)} and c.opened_on >= ${days.weekBeforeFrom}::date) as opened_before
    from clue c where ${inArea(area)} and (${isOpen} or c.closed_on > ${days.weekAgo}::date)
    group by 1, 2, 3`.execute(db)
  return rows
}

export async function countHouseholdsAtRisk(db: Db, area: AreaScope, weekAgo: string) {
  const { rows } = await sql<{ now: number; weekAgo: number }>`
    select count(*) filter (where now) as now, count(*) filter (where before) as week_ago
    from (
      select bool_or(c.closed_on is null) as now, bool_or(${openAt(weekAgo)}) as before
      from clue c where ${inArea(area)} and (c.closed_on is null or c.closed_on > ${weekAgo}::date)
      group by c.household_id
    ) x`.execute(db)
  return rows[0] ?? { now: 0, weekAgo: 0 }
}

/** Clues that were handed over and past their day at the end of a day, told from their history. */
export async function countOverdueAt(db: Db, area: AreaScope, day: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (
      select distinct on (e.clue_id) e.kind, (e.details ->> 'dueOn')::date as due_on
      from clue_event e join clue c on c.county = e.county and c.id = e.clue_id
      where e.kind in ('dispatched', 'recalled', 'assigned', 'visited', 'again', 'confirmed', 'excluded', 'solved', 'cleared') and ${inArea(area)}
        and e.at < ((${day}::date + 1)::timestamp at time zone 'Asia/Shanghai')
      order by e.clue_id, e.id desc
    ) x where kind in ('dispatched', 'assigned', 'visited', 'again') and due_on < ${day}::date`.execute(db)
  return rows[0]?.n ?? 0
}

/** Whether anything was judged on or before a day. */
export async function ranBy(db: Db, day: string): Promise<boolean> {
  const { rows } = await sql`select from screening_run where as_of <= ${day}::date limit 1`.execute(db)
  return rows.length > 0
}

export interface LifeSpan {
  opened: string
  ended: string | null
  n: number
}

/** Clues by the days on which they were opened and ended; turning days into months costs more than grouping by them. */
export async function countLifeSpans(db: Db, area: AreaScope): Promise<LifeSpan[]> {
  const { rows } = await sql<LifeSpan>`
    select c.opened_on as opened, c.closed_on as ended, count(*) as n
    from clue c where ${inArea(area)} group by c.opened_on, c.closed_on`.execute(db)
  return rows
}

/** Households of the registry by child division. */
export async function countRegistry(db: Db, { from, to }: AreaScope, span: number) {
  const { rows } = await sql<{ child: number; households: number; registered: number }>`
    select village / ${span}::bigint * ${span}::bigint as child, count(*) as households,
      count(*) filter (where registered) as registered
    from household where village between ${from}::bigint and ${to}::bigint and closed_on is null
    group by 1`.execute(db)
  return rows
}

/** Counties of the area that have households, and those of the area itself when it lies inside one. */
export async function listCounties(db: Db, { from, to }: AreaScope) {
  const { rows } = await sql<{ code: number; name: string; level: 'county' }>`
    select d.code, d.name, d.level from division d
    where d.level = 'county' and d.code between ${Math.floor(from / 1e6) * 1e6}::bigint and ${to}::bigint
      and exists (select from household h where h.county = d.code / 1000000)
    order by d.code`.execute(db)
  return rows
}

export async function listCoverage(db: Db, counties: readonly number[]) {
  const { rows } = await sql<{ feed: string; county: number; coveredUntil: string }>`
    select feed, county, covered_until from feed_coverage where county = any(${[...counties]}::int[])`.execute(
    db,
  )
  return rows
}

export async function countHeldBatches(db: Db, { from, to }: AreaScope): Promise<Map<string, number>> {
  const { rows } = await sql<{ feed: string; n: number }>`
    select feed, count(*) as n from batch
    where state = 'held' and area between ${from}::bigint and ${to}::bigint group by feed`.execute(db)
  return new Map(rows.map(({ feed, n }) => [feed, n]))
}
