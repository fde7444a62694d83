import { sql } from 'kysely'
import type { Due, RetentionPart } from '#server/manifest/retention.ts'

/** Sessions that ended and counts of failed sign-ins that lock nobody; what the nightly sweep left. */
export const sessionRetention: RetentionPart = {
  role: 'auth',
  async findDue(db, before) {
    const { rows } = await sql<Due>`
      select count(*) as due, min(at) as oldest from (
        select expires_at as at from auth_session where expires_at < ${before}
        union all
        select last_at from sign_in_attempt where last_at < ${before}
          and (locked_until is null or locked_until < ${before})
      ) d`.execute(db)
    return rows[0] ?? { due: 0, oldest: null }
  },
  async take({ db }, _files, before, limit) {
    const sessions = await sql`
      delete from auth_session where id in (
        select id from auth_session where expires_at < ${before} order by expires_at limit ${limit})`.execute(
      db,
    )
    const taken = Number(sessions.numAffectedRows ?? 0)
    const attempts = await sql`
      delete from sign_in_attempt where name_key in (
        select name_key from sign_in_attempt
        where last_at < ${before} and (locked_until is null or locked_until < ${before})
        order by last_at limit ${limit - taken})`.execute(db)
    return taken + Number(attempts.numAffectedRows ?? 0)
  },
}
