import { sql } from 'kysely'
import { among, type HandoverItem, type HandoverPart } from '#server/manifest/handover.ts'
import { inside, liesOutside } from '#server/modules/access/index.ts'
import { openStates } from './rules.ts'

const isOpen = sql`state = any(${[...openStates]}::text[])`

/** Corrections that wait in an account's hands. */
export const correctionPart: HandoverPart = {
  key: 'corrections',
  columns: ['correction.assignee'],
  async count({ db }, userId) {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from correction where assignee = ${userId} and ${isOpen}`.execute(db)
    return rows[0]?.count ?? 0
  },
  async move({ db }, from, to) {
    const { userId, by } = to
    const { rows } = await sql<HandoverItem & { outside: boolean }>`
      with moved as (
        update correction x set assignee = ${userId} where assignee = ${from} and ${isOpen}
          and ${among(to, sql`x.county`, sql`x.id`)}
        returning county, household_id, village, id
      ), noted as (
        insert into correction_step (county, household_id, village, correction_id, at, by_user, kind, text)
        select m.county, m.household_id, m.village, m.id, now(), ${by}, 'assigned', u.name
        from moved m join auth_user u on u.id = ${userId}
      )
      select m.county, m.id::text as item, ${liesOutside(userId, sql`m.county`, sql`m.household_id`)} as outside
      from moved m`.execute(db)
    return inside(rows)
  },
}
