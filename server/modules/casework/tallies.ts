import { sql } from 'kysely'
import { type Database, inTransaction } from '#server/platform/db.ts'

/**
 * Adds up the differences that belong together, so that a tally stays as short as it has groups. Readers see the sums before or after,
 * which are the same; what is written meanwhile is left for the next time.
 */
export async function addUpTallies(work: Database): Promise<void> {
  await inTransaction(work, async ({ db }) => {
    await sql`
      with gone as (delete from clue_tally returning *)
      insert into clue_tally select county, level, cause, state, rules, channel, sum(clues) from gone
      group by county, level, cause, state, rules, channel having sum(clues) <> 0`.execute(db)
    await sql`delete from household_clues where open_clues = 0`.execute(db)
  })
  await sql`vacuum (analyze) clue_tally, household_clues`.execute(work.db)
}
