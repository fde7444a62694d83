import { sql } from 'kysely'
import { feeds } from '#server/modules/feeds/index.ts'
import { movedPersons } from '#server/modules/registry/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { rowsOf } from '#server/platform/row-exchange.ts'
import { factColumns, isRegistryFeed, listed } from './tables.ts'

const aboutPersons = feeds.filter((feed) => feed.grain === 'person' && !isRegistryFeed(feed))

/**
 * What departments said of a person goes with the person to another household, in the transaction that tells of it: known there from now
 * on, no longer known of the household left, which a past day still shows as it was. Batch and row stay, so that evidence names the
 * same source and a correction of the file finds it. Where the new household has the same fact already, that one stands.
 */
export async function followPersons(db: Db, at: Date): Promise<void> {
  // A row that waits for a decision waits for the same person elsewhere.
  await sql`
    update batch_review r set county = m.county, household_id = m.household_id, person_id = m.person_id
    from ${rowsOf(movedPersons)} m
    where r.decision is null and r.county = m.from_county and r.person_id = m.from_person`.execute(db)
  for (const feed of aboutPersons) {
    const { table, place, keys, content } = factColumns(feed)
    const kept = ['batch_id', 'row_no', ...content, 'word_on']
    await sql`
      with gone as (
        update ${sql.table(table)} f set known_until = ${at} from ${rowsOf(movedPersons)} m
        where f.county = m.from_county and f.household_id = m.from_household and f.person_id = m.from_person
          and f.known_until is null
        returning ${sql.raw(listed(place, 'm'))}, ${sql.raw(listed(kept, 'f'))}
      )
      insert into ${sql.table(table)} (${sql.raw([...place, 'village', ...kept, 'known_from'].join(', '))})
      select ${sql.raw(listed(place, 'g'))}, h.village, ${sql.raw(listed(kept, 'g'))}, ${at}
      from gone g join household h on h.county = g.county and h.id = g.household_id
      on conflict (${sql.raw([...place, ...keys].join(', '))}) where known_until is null do nothing`.execute(
      db,
    )
  }
}
