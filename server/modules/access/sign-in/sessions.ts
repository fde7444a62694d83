import { sql } from 'kysely'
import type { SessionRow } from '#contract/access/session.ts'
import type { Auditor } from '#server/platform/audit.ts'
import { type Database, inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import type { Requester } from '#server/platform/http/rpc.ts'
import type { SecurityLimits } from '#server/platform/security-limits.ts'
import { deviceOf } from './device.ts'

interface SessionDeps {
  /** The database of the sign-in role. */
  database: Database
  audit: Auditor
}

/** One's own open sessions, the latest first. The token stays where it is. */
export async function listSessions(
  { database }: Pick<SessionDeps, 'database'>,
  me: Requester,
  limits: SecurityLimits,
): Promise<SessionRow[]> {
  const { rows } = await sql<Omit<SessionRow, 'device' | 'current'> & { userAgent: string | null }>`
    select id, user_agent, nullif(ip_address, '') as address, created_at as signed_in_at, updated_at as last_seen_at,
      created_at + make_interval(mins => ${limits.sessionMinutes}::int) as ends_at, second_factor
    from auth_session where user_id = ${me.userId} and expires_at > now() order by updated_at desc, id`.execute(
    database.db,
  )
  return rows.map(({ userAgent, ...row }) => ({
    ...row,
    device: deviceOf(userAgent ?? ''),
    current: row.id === me.sessionId,
  }))
}

/** Ends sessions of the requester at once; throws `not-found` for one that is not theirs. */
export function revokeSession({ database, audit }: SessionDeps, me: Requester, id: string): Promise<void> {
  return inTransaction(database, async ({ db }) => {
    const { rows } = await sql<{ userAgent: string | null }>`
      delete from auth_session where id = ${id} and user_id = ${me.userId} returning user_agent`.execute(db)
    const ended = rows[0]
    if (!ended) throw new AppError('not-found', { what: 'session' })
    await audit.record(db, {
      action: 'session.revoke',
      object: { kind: 'session', ref: id },
      before: { device: deviceOf(ended.userAgent ?? '') },
    })
  })
}

export function revokeOtherSessions({ database, audit }: SessionDeps, me: Requester): Promise<number> {
  return inTransaction(database, async ({ db }) => {
    const { rows } = await sql`
      delete from auth_session where user_id = ${me.userId} and id <> ${me.sessionId} returning id`.execute(
      db,
    )
    await audit.record(db, { action: 'session.revoke-others', count: rows.length })
    return rows.length
  })
}

/** Clears away what no longer counts: ended sessions, used-up challenges, old counts. */
export async function sweepSignIns({ db }: Database): Promise<void> {
  await sql`
    with ended as (delete from auth_session where expires_at < now() - interval '1 day'),
      challenges as (delete from auth_verification where expires_at < now() - interval '1 day'),
      codes as (delete from used_code where used_at < now() - interval '1 day')
    delete from sign_in_attempt
    where last_at < now() - interval '1 day' and (locked_until is null or locked_until < now())`.execute(db)
}
