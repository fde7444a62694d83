import { sql } from 'kysely'
import { isOutOfReach } from '#server/modules/access/index.ts'
import { dispatchDay } from '#server/modules/deadlines/index.ts'
import { getParameter, type PolicyPack, resolveParameters } from '#server/modules/policy/index.ts'
import { screenedHouseholds } from '#server/modules/screening/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { fillExchange, rowsOf } from '#server/platform/row-exchange.ts'
import { type ClueKey, changeClues, noteClues } from '../writing/clue-writer.ts'
import { leftVisits } from '../writing/passed-clues.ts'

/** `clue_astray`: clues that lie with a place the household has left, or with a visitor who cannot go where it went. */
async function findAstray(db: Db): Promise<number[]> {
  await sql`drop table if exists clue_astray`.execute(db)
  await sql`
    create temporary table clue_astray on commit drop as
    select k.county, k.id, k.assignee, case when k.state = 'verifying' then k.visit_id end as visit_id, h.village,
      case when k.assignee % 1000 = 0 then h.village / 1000 * 1000 else h.village end as place
    from ${rowsOf(screenedHouseholds)} t
    join household h on h.county = t.county and h.id = t.household_id
    join clue k on k.county = t.county and k.household_id = t.household_id and k.state in ('dispatched', 'verifying')
    left join visit w on w.county = k.county and w.id = k.visit_id
    where (k.state = 'dispatched' and not k.assignee in (h.village, h.village / 1000 * 1000)
      or w.state = 'planned' and (k.village <> h.village or k.assignee / 1000000 <> k.county)
        and ${isOutOfReach(sql`w.visitor`)})`.execute(db)
  const { rows } = await sql<{ county: number }>`select distinct county from clue_astray`.execute(db)
  return rows.map(({ county }) => county)
}

/**
 * A place cannot look into the clue of a household that moved away: the same level of the new place has it, by the same day; in another
 * county it is new, for that county to hand on. One that somebody may still go for, or has reported on, stays theirs. To be done while
 * the clues still bear the village that was left.
 */
export async function handOverMoved(db: Db, policy: PolicyPack, asOf: string, at: Date): Promise<void> {
  const counties = await findAstray(db)
  await fillExchange(
    db,
    leftVisits,
    sql`select distinct county, visit_id::text from clue_astray where visit_id is not null`,
  )
  if (counties.length === 0) return
  const dispatchDueOn = counties.map((county) =>
    dispatchDay(asOf, getParameter(resolveParameters(policy, asOf, county * 1e6), 'dispatchLimit')),
  )
  const isNear = sql`(c.assignee / 1000000 = c.county)`
  const moved = await changeClues<ClueKey & { place: string | null; dueOn: string | null }>(db, {
    set: {
      state: sql`case when ${isNear} then 'dispatched' else 'new' end`,
      assignee: sql`case when ${isNear} then x.place end`,
      dueOn: sql`case when ${isNear} then c.due_on end`,
      dispatchedBy: sql`case when ${isNear} then c.dispatched_by end`,
      dispatchDueOn: sql`x.dispatch_due_on`,
      visitId: sql`null`,
      village: sql`x.village`,
    },
    from: sql`(
        select k.*, p.dispatch_due_on from clue_astray k
        join unnest(${counties}::int[], ${dispatchDueOn}::date[]) p (county, dispatch_due_on) using (county)) x
      join division d on d.code = x.assignee join division v on v.code = x.village
      join division n on n.code = x.place`,
    where: sql`c.county = x.county and c.id = x.id`,
    event: {
      kind: sql`'recalled'`,
      at,
      details: sql`jsonb_build_object('place', d.name, 'placeCode', d.code::text, 'movedTo', v.name)`,
    },
    returning: { place: sql`new.assignee::text`, dueOn: sql`new.due_on::text` },
  })
  const again = moved.filter(({ place }) => place !== null)
  await noteClues(
    db,
    { at },
    sql`
      select x.county, x.id, 'dispatched', jsonb_build_object('place', d.name, 'placeCode', d.code::text,
        'dueOn', x.due_on, 'note', '')
      from unnest(${again.map(({ county }) => county)}::int[], ${again.map(({ id }) => id)}::uuid[],
        ${again.map(({ place }) => place)}::bigint[], ${again.map(({ dueOn }) => dueOn)}::text[])
        x (county, id, place, due_on) join division d on d.code = x.place order by x.id`,
  )
}
