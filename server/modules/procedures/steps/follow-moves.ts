import { sql } from 'kysely'
import { passedClues } from '#server/modules/clues/writing/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { rowsOf } from '#server/platform/row-exchange.ts'
import { dropCases } from '../case-writer.ts'

/**
 * An identification all of whose causes went with a person to another household ends here: who reviewed, published and audited it
 * looked at a household that is not the one in question any more. The clue of the new household waits to be looked into there. One
 * that still has a cause of its own goes on.
 */
export async function followMoves(db: Db, { asOf, at }: { asOf: string; at: Date }): Promise<void> {
  await dropCases(
    db,
    sql`
      select f.county, f.id, f.step, jsonb_build_object('movedTo', min(x.to_place)) as details
      from ${rowsOf(passedClues)} x
      join clue c on c.county = x.county and c.id = x.clue::uuid
      join case_file f on f.county = c.county and f.id = c.case_id and f.state = 'running'
        and f.kind = 'identification'
      where x.state = 'confirmed'
      group by f.county, f.id
      having f.causes <@ array_agg(x.cause)`,
    { on: asOf, at },
  )
}
