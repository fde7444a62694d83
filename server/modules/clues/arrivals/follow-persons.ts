import { sql } from 'kysely'
import { movedPersons } from '#server/modules/registry/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { fillExchange, isOpen, rowsOf } from '#server/platform/row-exchange.ts'
import { changeClues, noteClues } from '../writing/clue-writer.ts'
import { leftVisits, passedClues } from '../writing/passed-clues.ts'

/**
 * `clue_passage`: by household and rule, where the person went on whom a signal rests now. Of a household that ended with its last
 * member everything goes where they went.
 */
export async function preparePassages(db: Db): Promise<void> {
  await sql`drop table if exists clue_passage`.execute(db)
  const moved = (await isOpen(db, movedPersons))
    ? sql`${rowsOf(movedPersons)}`
    : sql`(select null::int as from_county, null::bigint as from_household, null::int as county,
        null::bigint as household_id, null::bigint as person_id where false)`
  await sql`
    create temporary table clue_passage on commit drop as
    select distinct on (m.from_county, m.from_household, s.rule) m.from_county, m.from_household, s.cause, s.rule,
      m.county, m.household_id, b.village as to_village, av.name as from_place, bv.name as to_place
    from ${moved} m
    join household a on a.county = m.from_county and a.id = m.from_household
    join household b on b.county = m.county and b.id = m.household_id
    join division av on av.code = a.village join division bv on bv.code = b.village
    join signal s on s.county = m.county and s.household_id = m.household_id and s.cleared_on is null
    where (m.from_county, m.from_household) <> (m.county, m.household_id) and (a.closed_on is not null
      or exists (select from signal_evidence e where e.county = s.county and e.signal_id = s.id
        and e.person_id = m.person_id))
    order by m.from_county, m.from_household, s.rule, s.id`.execute(db)
}

/** Where the matter of a household's rule, or of a cause, went; for the details of an event. */
export const movedTo = (household: string, which: string) => sql`coalesce((
  select jsonb_build_object('movedTo', g.to_place) from clue_passage g
  where g.from_county = ${sql.ref(`${household}.county`)} and g.from_household = ${sql.ref(`${household}.household_id`)}
    and ${sql.ref(`g.${which}`)} = ${sql.ref(`${household}.${which}`)} limit 1), '{}')`

/** Where it came from. */
export const movedFrom = (household: string, which: string) => sql`coalesce((
  select jsonb_build_object('movedFrom', g.from_place) from clue_passage g
  where g.county = ${sql.ref(`${household}.county`)} and g.household_id = ${sql.ref(`${household}.household_id`)}
    and ${sql.ref(`g.${which}`)} = ${sql.ref(`${household}.${which}`)} limit 1), '{}')`

/**
 * Work on a clue follows the person it is about: where nothing holds of the old household any more, the clue of the new one goes to the
 * same level of its place, by the same day, and the old one ends. In another county it waits for that county to hand it on. What
 * somebody has reported on is decided where they were.
 */
export async function passClues(db: Db, asOf: string, at: Date): Promise<void> {
  const passed = await fillExchange(
    db,
    passedClues,
    sql`
    select distinct on (c.county, c.id) c.county, c.household_id, c.id::text, c.cause, c.state, g.county, k.id::text,
      g.to_village, g.from_place, g.to_place
    from clue_passage g
    join clue c on c.county = g.from_county and c.household_id = g.from_household and c.cause = g.cause
    join household h on h.county = c.county and h.id = c.household_id
    join clue k on k.county = g.county and k.household_id = g.household_id and k.cause = g.cause
      and k.closed_on is null
    left join visit w on w.county = c.county and w.id = c.visit_id
    where not exists (select from signal s where s.county = c.county and s.household_id = c.household_id
        and s.cause = c.cause and s.cleared_on is null)
      and (c.reports = 0 or h.closed_on is not null)
      and (c.state = 'dispatched' or c.state = 'verifying' and w.state = 'planned'
        or c.state = 'confirmed' and exists (select from case_file f where f.county = c.county and f.id = c.case_id
          and f.state = 'running'))
    order by c.county, c.id, g.household_id`,
  )
  if (passed === 0) return
  await sql`
    insert into ${rowsOf(leftVisits)} (county, visit)
    select distinct c.county, c.visit_id::text from ${rowsOf(passedClues)} x
    join clue c on c.county = x.county and c.id = x.clue::uuid where c.state = 'verifying'`.execute(db)
  await changeClues(db, {
    set: {
      state: sql`'dispatched'`,
      assignee: sql`x.place`,
      dueOn: sql`x.due_on`,
      dispatchedAt: sql`${at}`,
      dispatchedBy: sql`x.dispatched_by`,
    },
    from: sql`(
        select distinct on (x.to_clue) x.to_county, x.to_clue::uuid as clue, x.from_place, o.due_on, o.dispatched_by,
          case when o.assignee % 1000 = 0 then x.to_village / 1000 * 1000 else x.to_village end as place
        from ${rowsOf(passedClues)} x join clue o on o.county = x.county and o.id = x.clue::uuid
        where x.to_county = x.county and x.state in ('dispatched', 'verifying')
        order by x.to_clue, o.due_on, o.id) x
      join division d on d.code = x.place`,
    where: sql`c.county = x.to_county and c.id = x.clue and c.state = 'new'`,
    event: {
      kind: sql`'dispatched'`,
      at,
      details: sql`jsonb_build_object('place', d.name, 'placeCode', d.code::text, 'dueOn', x.due_on::text, 'note', '',
        'movedFrom', x.from_place)`,
    },
  })
  await changeClues(db, {
    set: { state: sql`'cleared'`, closedOn: sql`greatest(${asOf}::date, c.opened_on)`, signals: sql`0` },
    from: sql`${rowsOf(passedClues)} x`,
    where: sql`c.county = x.county and c.id = x.clue::uuid and x.state in ('dispatched', 'verifying')`,
    event: { kind: sql`'cleared'`, at, details: sql`jsonb_build_object('movedTo', x.to_place)` },
  })
  await noteJoined(db, at)
}

/** A clue that was somebody's already, or is new in another county, tells where more of it came from. */
async function noteJoined(db: Db, at: Date) {
  await noteClues(
    db,
    { at },
    sql`
      select distinct x.to_county, k.id, 'signal', jsonb_build_object('movedFrom', x.from_place)
      from ${rowsOf(passedClues)} x join clue k on k.county = x.to_county and k.id = x.to_clue::uuid
      where not exists (select from clue_event e where e.county = k.county and e.clue_id = k.id and e.at = ${at}
        and e.details ? 'movedFrom')`,
  )
}
