import { sql } from 'kysely'
import { addDays } from '#contract/days.ts'
import type { Db } from '#server/platform/database/db.ts'
import {
  defineExchange,
  fillExchange,
  type HouseholdPlace,
  householdPlace,
} from '#server/platform/row-exchange.ts'

/** Queue that screens what a case has entered; a job names nobody: what is to be screened is told from what stands there. */
export const enteredQueue = 'screen-entered'

/** A night screens everybody; what was entered longer ago than this has been through many. */
const days = 7

/** Households that a case entered or resolved and that were last judged as what they were before; left for the screening. */
export const enteredHouseholds = defineExchange<HouseholdPlace>('entered_household', householdPlace)

/** Finds the `enteredHouseholds`; answers how many. Once they are screened there are none: done twice it does nothing more. */
export async function findEntered(db: Db, today: string): Promise<number> {
  return fillExchange(
    db,
    enteredHouseholds,
    sql`select distinct f.county, f.household_id
    from case_file f join household h on h.county = f.county and h.id = f.household_id and h.closed_on is null
    left join indicator i on i.county = f.county and i.household_id = f.household_id
    where f.state = 'entered' and f.closed_on >= ${addDays(today, -days)}::date
      and (i.monitored, i.resolved) is distinct from (h.risk = 'open', h.risk = 'resolved')`,
  )
}
