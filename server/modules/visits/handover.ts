import { sql } from 'kysely'
import { among, type HandoverItem, type HandoverPart } from '#server/manifest/handover.ts'
import { columnPart, inside } from '#server/modules/access/index.ts'
import { noteClues } from '#server/modules/clues/writing/index.ts'
import { changeVisits, type VisitKey } from './visit-writer.ts'

/**
 * Visits somebody was sent on and has not reported. They move after the households of a helper did, so that the successor may go
 * there; the timelines of their clues name who goes now.
 */
export const visitPart: HandoverPart = {
  key: 'planned-visits',
  columns: ['visit.visitor'],
  async count({ db }, userId) {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from visit where visitor = ${userId} and state = 'planned'`.execute(db)
    return rows[0]?.count ?? 0
  },
  async move({ db }, from, to) {
    const { userId, by, reason } = to
    const moved = await changeVisits<VisitKey & { householdId: number; village: number; dueOn: string }>(
      db,
      { visitor: userId },
      sql`x.visitor = ${from} and x.state = 'planned' and ${among(to, sql`x.county`, sql`x.id`)}`,
      sql`x.county, x.id, x.household_id, x.village, x.due_on`,
    )
    const { rows } = await sql<HandoverItem & { outside: boolean; dueOn: string }>`
      select m.county, m.id::text as item, m.due_on, not (a.role <> 'helper'
        and a.area in (m.village, m.village / 1000 * 1000)
        or exists (select from household_access g where g.user_id = a.user_id and g.kind = 'helper'
          and g.county = m.county
          and g.household_id = m.household_id and (g.until is null or g.until > now()))) as outside
      from unnest(${moved.map(({ county }) => county)}::int[], ${moved.map(({ id }) => id)}::uuid[],
        ${moved.map(({ householdId }) => householdId)}::bigint[], ${moved.map(({ village }) => village)}::bigint[],
        ${moved.map(({ dueOn }) => dueOn)}::date[]) m (county, id, household_id, village, due_on)
      join account a on a.user_id = ${userId}`.execute(db)
    await noteClues(
      db,
      { at: sql`now()`, by },
      sql`
        select c.county, c.id, 'assigned',
          jsonb_build_object('visitor', u.name, 'dueOn', m.due_on::text, 'reason', ${reason}::text)
        from unnest(${rows.map(({ county }) => county)}::int[], ${rows.map(({ item }) => item)}::uuid[],
          ${rows.map(({ dueOn }) => dueOn)}::date[]) m (county, id, due_on)
        join clue c on c.county = m.county and c.visit_id = m.id and c.state = 'verifying'
        join auth_user u on u.id = ${userId} order by c.id`,
    )
    return inside(rows)
  },
}

/** Whom somebody sent, and waits for. */
export const waitingVisitPart = columnPart({
  key: 'waiting-visits',
  table: 'visit',
  column: 'planned_by',
  open: sql`x.state in ('planned', 'reported')`,
})
