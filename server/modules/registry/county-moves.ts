import { sql } from 'kysely'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { type HouseholdMover, movingHouseholds } from '#server/platform/projections/move-households.ts'
import { fillExchange, rowsOf } from '#server/platform/row-exchange.ts'
import { movedSpells } from './spell-writer.ts'

export interface MoveRequest {
  stage: string
  area: AreaScope
  /** Day of the file's word, and when it becomes known. */
  wordOn: string
  at: Date
  move: HouseholdMover
}

/**
 * A row that names a household of another county by its number, and a head who lives in that household or heads it by its record, says
 * that it moved here, unless the file is older than what is known; a number alone may be anybody's. The household goes over with all that is its own before the row is placed; the
 * county it left is told.
 */
export async function moveHouseholds(db: Db, { stage, area, wordOn, at, move }: MoveRequest): Promise<void> {
  const moving = await fillExchange(
    db,
    movingHouseholds,
    sql`
    select distinct on (h.id) h.county, h.id as household_id, (s.village_code / 1000000)::int as to_county,
      s.village_code as to_village, h.village, h.household_no, h.head_name
    from ${sql.table(stage)} s
    join division d on d.code = s.village_code and d.level = 'village'
    join household h on h.household_no collate "C" = s.household_no and h.county <> (s.village_code / 1000000)::int
      and h.closed_on is null
    join household_record known on known.county = h.county and known.household_id = h.id
      and known.known_until is null and known.word_on <= ${wordOn}::date
    where s.village_code between ${area.from}::bigint and ${area.to}::bigint
      and not exists (select from household o
        where o.county = (s.village_code / 1000000)::int and o.household_no = s.household_no)
      and not exists (select from ${sql.table(stage)} x
        where x.household_no = s.household_no and (x.village_code / 1000000)::int = h.county)
      and (
        exists (select from person p where p.county = h.county and p.household_id = h.id and p.left_on is null
          and p.id_index = s.head_id_number_index)
        or exists (select from household_record r where r.county = h.county and r.household_id = h.id
          and r.known_until is null and r.head_id_number_index = s.head_id_number_index))
    order by h.id, s.row_no`,
  )
  if (moving === 0) return
  await sql`
    insert into household_move (county, household_id, to_county, village, to_village, household_no, head_name,
      moved_on, known_from)
    select county, household_id, to_county, village, to_village, household_no, head_name, ${wordOn}::date, ${at}
    from ${rowsOf(movingHouseholds)}`.execute(db)
  await move(db)
  await sql`
    update membership_end e set county = m.to_county
    from ${rowsOf(movingHouseholds)} m join person p on p.county = m.to_county and p.household_id = m.household_id
    where e.county = m.county and e.person_id = p.id`.execute(db)
  await movedSpells(db, { asOf: wordOn, at })
}
