import { sql } from 'kysely'
import { among, type HandoverItem, type HandoverPart } from '#server/manifest/handover.ts'

const waiting = sql`x.state = 'pending' and x.kind <> 'more' and x.expires_at > now()`

/** Exports that wait for a second person; once agreed to, the other fetches them, with their own eyes and in their own area. */
export const exportPart: HandoverPart = {
  key: 'exports',
  columns: ['export.requested_by'],
  async count({ db }, userId) {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from export x where x.requested_by = ${userId} and ${waiting}`.execute(db)
    return rows[0]?.count ?? 0
  },
  async move({ db }, from, to) {
    const { rows } = await sql<HandoverItem>`
      update export x set requested_by = ${to.userId}, requester_area = (select area from account
        where user_id = ${to.userId})
      where x.requested_by = ${from} and ${waiting} and ${among(to, sql`0`, sql`x.id`)}
      returning 0 as county, x.id::text as item`.execute(db)
    return rows
  },
}
