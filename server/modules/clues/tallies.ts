import { sql } from 'kysely'
import { type Database, type Db, inTransaction } from '#server/platform/database/db.ts'

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
    await sql`
      with gone as (delete from clue_day_tally returning *)
      insert into clue_day_tally select county, day, change, sum(clues) from gone
      group by county, day, change having sum(clues) <> 0`.execute(db)
    await followMissed(db)
    await sql`
      with gone as (delete from clue_span_tally returning *)
      insert into clue_span_tally select county, day, lifted, sum(households) from gone
      group by county, day, lifted having sum(households) <> 0`.execute(db)
  })
  await sql`vacuum (analyze) clue_tally, household_clues, clue_day_tally, clue_span, clue_span_tally`.execute(
    work.db,
  )
}

/** A clue and a spell of one household that changed at the same moment did not know of each other. */
async function followMissed(db: Db): Promise<void> {
  await sql`
    with should as materialized (select * from clue_spans_of(null, null)),
      wrong as ((select * from should except all select * from clue_span) union all (select * from clue_span except all select * from should))
    select follow_clue_spans(array_agg(county), array_agg(household_id)) from wrong`.execute(db)
}
