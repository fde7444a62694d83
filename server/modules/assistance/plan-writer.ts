import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#server/platform/database/db.ts'
import { type ColumnValues, settingOf } from '#server/platform/database/values.ts'

/** Columns of a plan that a change may set. */
type PlanColumn = 'village' | 'caseId' | 'causes' | 'dueOn' | 'firstMeasureDueOn' | 'measures' | 'closedOn'

/** This file alone writes plans. `where` is over `x`, the plan, and `h`, its household; answers how many were changed. */
export async function changePlans(
  db: Db,
  values: ColumnValues<PlanColumn>,
  where: RawBuilder<unknown>,
): Promise<number> {
  const { numAffectedRows } = await sql`
    update plan x set ${settingOf(values)} from household h
    where h.county = x.county and h.id = x.household_id and ${where}`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/**
 * Opens plans: `from` selects county, household, village, case, causes, first day, last day of the plan and of its first measure. Of a
 * household with an open one the causes are kept up and the measure may only be due earlier. Answers how many there were.
 */
export async function openPlans(db: Db, from: RawBuilder<unknown>): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into plan (county, household_id, village, case_id, causes, opened_on, due_on, first_measure_due_on)
    ${from}
    on conflict (county, household_id) where closed_on is null do update set causes = excluded.causes,
      case_id = coalesce(excluded.case_id, plan.case_id),
      first_measure_due_on = least(plan.first_measure_due_on, excluded.first_measure_due_on)`.execute(db)
  return Number(numAffectedRows ?? 0)
}
