import { sql } from 'kysely'
import type { Cause } from '#contract/common.ts'
import { addDays, addMonths } from '#contract/days.ts'
import { figuresOf } from '#server/modules/deadlines/index.ts'
import { getParameter } from '#server/modules/policy/index.ts'
import type { Db } from '#server/platform/database/db.ts'

interface PlannedHousehold {
  county: number
  householdId: number
  village: number
}

/** The plan of a household whose risk is open: opened once, its causes kept up. */
export async function openPlan(
  db: Db,
  { county, householdId, village }: PlannedHousehold,
  {
    causes,
    caseId,
    today,
    urgent = false,
  }: { causes: readonly Cause[]; caseId: string | null; today: string; urgent?: boolean },
): Promise<void> {
  const values = figuresOf(today, county)
  // Help first: in the green channel the first measure is a matter of days.
  const first = urgent
    ? addDays(today, getParameter(values, 'greenChannelHelp'))
    : addMonths(today, getParameter(values, 'firstMeasureMonths'))
  await sql`
    insert into plan (county, household_id, village, case_id, causes, opened_on, due_on, first_measure_due_on)
    values (${county}, ${householdId}, ${village}, ${caseId}::uuid, ${[...causes]}::text[], ${today}::date,
      ${addDays(today, getParameter(values, 'planLimit'))}::date, ${first}::date)
    on conflict (county, household_id) where closed_on is null do update set causes = excluded.causes,
      case_id = coalesce(excluded.case_id, plan.case_id),
      first_measure_due_on = least(plan.first_measure_due_on, excluded.first_measure_due_on)`.execute(db)
}

export async function closePlan(
  db: Db,
  { county, householdId }: { county: number; householdId: number },
  today: string,
): Promise<void> {
  await sql`update plan set closed_on = ${today}::date
    where county = ${county} and household_id = ${householdId} and closed_on is null`.execute(db)
}
