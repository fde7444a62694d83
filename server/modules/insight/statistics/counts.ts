import { sql } from 'kysely'
import type { ClueState } from '#contract/work/clues.ts'
import { overdueOn } from '#server/modules/deadlines/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import type { Parts } from '../overview-queries.ts'

export interface ClueStateCount {
  child: number
  state: ClueState
  clues: number
}

/** Clues by child division and state. */
export async function countClueStates(db: Db, { area, span }: Parts): Promise<ClueStateCount[]> {
  const { rows } = await sql<ClueStateCount>`
    select c.village / ${span}::bigint * ${span}::bigint as child, c.state, count(*)::int as clues
    from clue c where c.village between ${area.from}::bigint and ${area.to}::bigint group by 1, 2`.execute(db)
  return rows
}

const visitClock = { due: sql`v.due_on`, open: sql`v.state = 'planned'` }

export interface VisitCount {
  child: number
  planned: number
  overdue: number
  reported: number
  decided: number
  cancelled: number
}

/** Visits by child division and where they stand today. */
export async function countVisits(db: Db, { area, span }: Parts, today: string): Promise<VisitCount[]> {
  const { rows } = await sql<VisitCount>`
    select v.village / ${span}::bigint * ${span}::bigint as child,
      count(*) filter (where v.state = 'planned')::int as planned,
      count(*) filter (where ${overdueOn(visitClock, today)})::int as overdue,
      count(*) filter (where v.state = 'reported')::int as reported,
      count(*) filter (where v.state = 'decided')::int as decided,
      count(*) filter (where v.state = 'cancelled')::int as cancelled
    from visit v where v.village between ${area.from}::bigint and ${area.to}::bigint group by 1`.execute(db)
  return rows
}

/** Households of the register by child division. */
export async function countHouseholdsOf(
  db: Db,
  { area, span }: Parts,
): Promise<{ child: number; households: number }[]> {
  const { rows } = await sql<{ child: number; households: number }>`
    select h.village / ${span}::bigint * ${span}::bigint as child, count(*)::int as households from household h
    where h.village between ${area.from}::bigint and ${area.to}::bigint and h.closed_on is null group by 1`.execute(
    db,
  )
  return rows
}
