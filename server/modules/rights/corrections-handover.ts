import { sql } from 'kysely'
import { areaScope } from '#server/modules/divisions/index.ts'
import { AppError } from '#server/platform/errors.ts'
import type { HandoverPart } from '#server/platform/handover.ts'
import { openStates } from './corrections-rules.ts'

const isOpen = sql`state = any(${[...openStates]}::text[])`

/** Corrections that wait in an account's hands. */
export const correctionPart: HandoverPart = {
  key: 'corrections',
  async count({ db }, userId) {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from correction where assignee = ${userId} and ${isOpen}`.execute(db)
    return rows[0]?.count ?? 0
  },
  async move({ db }, from, { userId, by }) {
    const { rows: areas } = await sql<{ area: number }>`
      select area from account where user_id = ${userId}`.execute(db)
    const { from: first, to: last } = areaScope(areas[0]?.area ?? 0)
    const { rows } = await sql<{ moved: number; outside: number }>`
      with moved as (
        update correction set assignee = ${userId} where assignee = ${from} and ${isOpen}
        returning county, household_id, id
      ), told as (
        insert into correction_step (county, household_id, correction_id, at, by_user, kind, text)
        select m.county, m.household_id, m.id, now(), ${by}, 'assigned', u.name
        from moved m join auth_user u on u.id = ${userId}
      )
      select count(*) as moved, count(*) filter (where not exists (
        select from household h where h.county = m.county and h.id = m.household_id
          and h.village between ${first} and ${last})) as outside
      from moved m`.execute(db)
    const { moved = 0, outside = 0 } = rows[0] ?? {}
    if (outside > 0) throw new AppError('handover-target', { outside })
    return moved
  },
}
