import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#server/platform/database/db.ts'
import { type ColumnValues, settingOf } from '#server/platform/database/values.ts'

/** Columns of a visit that a change may set. */
type VisitColumn =
  | 'village'
  | 'purpose'
  | 'state'
  | 'visitor'
  | 'dueOn'
  | 'decisionDueOn'
  | 'levelRank'
  | 'decidedBy'
  | 'decidedAt'
  | 'closedNote'
  | 'reportedOn'

export interface VisitKey {
  county: number
  id: string
}

/** This file alone writes visits. With every change a visit has another version: a device that holds an older one is told. */
export async function changeVisits<Row = VisitKey>(
  db: Db,
  values: ColumnValues<VisitColumn>,
  where: RawBuilder<unknown>,
  returning: RawBuilder<unknown> = sql`x.county, x.id`,
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    update visit x set ${settingOf(values)}, version = x.version + 1 where ${where} returning ${returning}`.execute(
    db,
  )
  return rows
}

export const changeVisit = (db: Db, { county, id }: VisitKey, values: ColumnValues<VisitColumn>) =>
  changeVisits(db, values, sql`x.county = ${county} and x.id = ${id}::uuid`)

export interface PlannedVisit extends VisitKey {
  householdId: number
  dueOn: string
}

/**
 * Plans visits: `from` selects county, household, village, purpose, visitor, who planned it and when, last day and rank of level. One
 * that is planned already stays as it is, or `goesOver` to the new visitor by the earlier day.
 */
export async function planVisits(
  db: Db,
  from: RawBuilder<unknown>,
  { goesOver = false }: { goesOver?: boolean } = {},
): Promise<PlannedVisit[]> {
  const { rows } = await sql<PlannedVisit>`
    insert into visit (state, county, household_id, village, purpose, visitor, planned_by, planned_at, due_on,
      level_rank)
    select 'planned', x.* from (${from}) x
    on conflict (county, household_id, purpose) where state = 'planned' ${
      goesOver
        ? sql`do update set visitor = excluded.visitor, planned_by = excluded.planned_by,
            planned_at = excluded.planned_at, due_on = least(visit.due_on, excluded.due_on),
            version = visit.version + 1, level_rank = least(visit.level_rank, excluded.level_rank)`
        : sql`do nothing`
    }
    returning county, id, household_id, due_on`.execute(db)
  return rows
}

/**
 * Takes over visits that were made and decided before the platform was there: `from` selects county, household, village, purpose,
 * visitor, who decided, and the day of the visit. Answers how many.
 */
export async function takeOverVisits(db: Db, from: RawBuilder<unknown>): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into visit (state, county, household_id, village, purpose, visitor, decided_by, planned_at, due_on,
      reported_on, decided_at)
    select 'decided', x.county, x.household_id, x.village, x.purpose, x.visitor, x.decided_by,
      x.visited_on::timestamp at time zone 'Asia/Shanghai', x.visited_on, x.visited_on,
      (x.visited_on + 1)::timestamp at time zone 'Asia/Shanghai'
    from (${from}) x (county, household_id, village, purpose, visitor, decided_by, visited_on)`.execute(db)
  return Number(numAffectedRows ?? 0)
}
