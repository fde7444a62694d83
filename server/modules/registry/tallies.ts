import { sql } from 'kysely'
import { type Database, inTransaction } from '#server/platform/database/db.ts'

/** Adds up the differences of the registry's tallies that belong together; their sums stay what they are. */
export async function addUpCategories(work: Database): Promise<void> {
  await inTransaction(work, async ({ db }) => {
    await sql`
      with gone as (delete from household_tally returning *)
      insert into household_tally (county, registered, category, households)
      select county, registered, category, sum(households) from gone group by county, registered, category having sum(households) <> 0`.execute(
      db,
    )
    await sql`
      with gone as (delete from category_tally returning *)
      insert into category_tally
      select county, day, category, risk, cause, change, because, sum(households), sum(persons) from gone
      group by county, day, category, risk, cause, change, because having sum(households) <> 0 or sum(persons) <> 0`.execute(
      db,
    )
  })
  await sql`vacuum (analyze) household_tally, category_tally`.execute(work.db)
}
