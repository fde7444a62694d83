import { sql } from 'kysely'
import type { Cause } from '#contract/common.ts'
import { addDays, addMonths } from '#contract/days.ts'
import { figuresOf } from '#server/modules/deadlines/index.ts'
import { getParameter } from '#server/modules/policy/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { changePlans, openPlans } from './plan-writer.ts'

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
  await openPlans(
    db,
    sql`select ${county}::int, ${householdId}::bigint, ${village}::bigint, ${caseId}::uuid, ${[...causes]}::text[],
      ${today}::date,
      ${addDays(today, getParameter(values, 'planLimit'))}::date, ${first}::date`,
  )
}

export async function closePlan(
  db: Db,
  { county, householdId }: { county: number; householdId: number },
  today: string,
): Promise<void> {
  await changePlans(
    db,
    { closedOn: today },
    sql`x.county = ${county} and x.household_id = ${householdId} and x.closed_on is null`,
  )
}
