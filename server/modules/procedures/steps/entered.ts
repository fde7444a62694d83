import { sql } from 'kysely'
import { addDays } from '#contract/days.ts'
import type { Db } from '#server/platform/database/db.ts'

/** Queue that screens what a case has entered; a job names nobody: what is to be screened is told from what stands there. */
export const enteredQueue = 'screen-entered'

/** A night screens everybody; what was entered longer ago than this has been through many. */
const days = 7

/**
 * Makes the temporary table `entered_household` (county, household_id) of households that a case entered or resolved and that were last
 * judged as what they were before. Answers how many. Once they are screened the table would be empty: done twice it does nothing more.
 */
export async function findEntered(db: Db, today: string): Promise<number> {
  await sql`drop table if exists entered_household`.execute(db)
  await sql`
    create temporary table entered_household on commit drop as
    select distinct f.county, f.household_id
    from case_file f join household h on h.county = f.county and h.id = f.household_id and h.closed_on is null
    left join indicator i on i.county = f.county and i.household_id = f.household_id
    where f.state = 'entered' and f.closed_on >= ${addDays(today, -days)}::date
      and (i.monitored, i.resolved) is distinct from (h.risk = 'open', h.risk = 'resolved')`.execute(db)
  const { rows } = await sql<{ n: number }>`select count(*) as n from entered_household`.execute(db)
  return rows[0]?.n ?? 0
}
