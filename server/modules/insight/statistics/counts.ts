import { sql } from 'kysely'
import type { ClueState } from '#contract/work/clues.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import type { Db } from '#server/platform/database/db.ts'

/** An area, and how many codes are in one of the divisions right below it. */
export interface StatisticalParts {
  area: AreaScope
  span: number
}

export interface ClueStateCount {
  child: number
  state: ClueState
  clues: number
}

/** Clues by child division and state. */
export async function countClueStates(db: Db, { area, span }: StatisticalParts): Promise<ClueStateCount[]> {
  const { rows } = await sql<ClueStateCount>`
    select c.village / ${span}::bigint * ${span}::bigint as child, c.state, count(*)::int as clues
    from clue c where c.village between ${area.from}::bigint and ${area.to}::bigint group by 1, 2`.execute(db)
  return rows
}

export interface VisitCount {
  child: number
  planned: number
  overdue: number
  reported: number
  decided: number
  cancelled: number
}

/** Visits by child division and where they stand on a day. */
export async function countVisits(
  db: Db,
  { area, span }: StatisticalParts,
  on: string,
): Promise<VisitCount[]> {
  const { rows } = await sql<VisitCount>`
    select v.village / ${span}::bigint * ${span}::bigint as child,
      count(*) filter (where v.state = 'planned')::int as planned,
      count(*) filter (where v.state = 'planned' and v.due_on < ${on}::date)::int as overdue,
      count(*) filter (where v.state = 'reported')::int as reported,
      count(*) filter (where v.state = 'decided')::int as decided,
      count(*) filter (where v.state = 'cancelled')::int as cancelled
    from visit v where v.village between ${area.from}::bigint and ${area.to}::bigint group by 1`.execute(db)
  return rows
}

export interface RiskOfArea {
  child: number
  households: number
  red: number
  orange: number
  yellow: number
  overdue: number
}

/** Open clues by level, with the households there are. */
export async function countRiskOf(
  db: Db,
  { area, span }: StatisticalParts,
  on: string,
): Promise<RiskOfArea[]> {
  const { rows } = await sql<RiskOfArea>`
    select child, sum(households)::int as households, sum(red)::int as red, sum(orange)::int as orange,
      sum(yellow)::int as yellow, sum(overdue)::int as overdue
    from (
      select h.village / ${span}::bigint * ${span}::bigint as child, count(*) as households, 0 as red, 0 as orange,
        0 as yellow, 0 as overdue
      from household h
      where h.village between ${area.from}::bigint and ${area.to}::bigint and h.closed_on is null group by 1
      union all
      select c.village / ${span}::bigint * ${span}::bigint, 0, count(*) filter (where c.level = 'red'),
        count(*) filter (where c.level = 'orange'), count(*) filter (where c.level = 'yellow'),
        count(*) filter (where coalesce(c.due_on, c.dispatch_due_on) < ${on}::date)
      from clue c
      where c.village between ${area.from}::bigint and ${area.to}::bigint and c.closed_on is null group by 1
    ) x group by child`.execute(db)
  return rows
}
