import { sql } from 'kysely'
import { isOutOfReach } from '#server/modules/access/index.ts'
import { leftVisits } from '#server/modules/clues/writing/index.ts'
import { screenedHouseholds } from '#server/modules/screening/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { rowsOf } from '#server/platform/row-exchange.ts'
import { changeVisits } from '../visit-writer.ts'

/** What is written on a visit that is called off because nobody is there to be visited: whoever was to go reads it. */
const note = '要走访的人或户已经迁走，线索随人转去'

/**
 * Calls off planned visits that clues were taken from and that none is left for, and those of households that moved, or ended, where the
 * visitor may go no more: the rhythm of the new place asks for its own. A visit that was made stays with the household visited.
 */
export async function followMoves(db: Db): Promise<void> {
  await changeVisits(
    db,
    { state: 'cancelled', closedNote: note },
    sql`x.state = 'planned' and (
      x.purpose = 'verify' and (x.county, x.id) in (select l.county, l.visit::uuid from ${rowsOf(leftVisits)} l)
        and not exists (select from clue c where c.county = x.county and c.visit_id = x.id and c.state = 'verifying')
      or x.purpose <> 'verify' and (x.county, x.household_id) in (
        select h.county, h.id from ${rowsOf(screenedHouseholds)} t
        join household h on h.county = t.county and h.id = t.household_id
        join visit p on p.county = h.county and p.household_id = h.id and p.state = 'planned'
        join account o on o.user_id = p.visitor and o.role <> 'helper'
        where h.closed_on is not null
          or (o.area % 1000 = 0 and o.area <> h.village / 1000 * 1000 or o.area % 1000 <> 0 and o.area <> h.village)
            and ${isOutOfReach(sql`p.visitor`)}))`,
  )
}
