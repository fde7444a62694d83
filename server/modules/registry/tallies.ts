import { sql } from 'kysely'
import { type Database, inTransaction } from '#server/platform/db.ts'

/** Adds up the differences of the category tally that belong together; its sums stay what they are. */
export async function addUpCategories(work: Database): Promise<void> {
  await inTransaction(work, async ({ db }) => {
    await sql`
      with gone as (delete from category_tally returning *)
      insert into category_tally
      select county, day, category, risk, cause, change, because, sum(households), sum(persons) from gone
      group by county, day, category, risk, cause, change, because having sum(households) <> 0 or sum(persons) <> 0`.execute(
      db,
    )
  })
  await sql`vacuum (analyze) category_tally`.execute(work.db)
}
