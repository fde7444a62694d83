import { parseCookies } from 'better-auth/cookies'
import { constantTimeEqual, makeSignature } from 'better-auth/crypto'
import { sql } from 'kysely'
import { secondFactorRoles } from '#contract/access/capabilities.ts'
import { backgroundHeader, type SecondFactor } from '#contract/access/session.ts'
import { areaScope } from '#server/modules/divisions/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import type { Requester } from '#server/platform/http/rpc.ts'
import type { SecurityLimits } from '#server/platform/security-limits.ts'
import type { Auth } from './auth.ts'
import type { Identity } from './identity.ts'

/** A session's life is prolonged at most this often, so that reading stays one query. */
const touchSeconds = 60

interface Found extends Omit<Requester, 'scope' | 'secondFactor'> {
  twoFactorEnabled: boolean
  shown: boolean
  touch: boolean
}

/**
 * The account behind a session cookie, by one query (0.5 to 0.7 ms). Undefined for no cookie, a forged one, a session that idled or
 * lasted too long or was ended, and a suspended account.
 */
export async function findRequester(
  { auth, database, limits }: Pick<Identity, 'auth' | 'database' | 'limits'>,
  headers: Record<string, unknown>,
): Promise<Requester | undefined> {
  const { db } = database
  const token = await readSessionToken(auth, cookiesOf(headers))
  if (!token) return undefined
  const { rows } = await sql<Found>`
    select u.id as user_id, u.name, u.username, a.role, a.department, a.area, s.id as session_id,
      u.two_factor_enabled, s.second_factor as shown, s.method,
      a.must_change_password and s.method = 'password' as must_change_password,
      s.created_at + make_interval(mins => ${limits.sessionMinutes}::int) as session_ends_at,
      s.updated_at < now() - make_interval(secs => ${touchSeconds}) as touch
    from auth_session s join auth_user u on u.id = s.user_id join account a on a.user_id = u.id and a.state = 'active'
    where s.token = ${token} and s.expires_at > now()
      and s.created_at > now() - make_interval(mins => ${limits.sessionMinutes}::int)`.execute(db)
  const found = rows[0]
  if (!found) return undefined
  const { twoFactorEnabled, shown, touch, ...account } = found
  if (touch && headers[backgroundHeader] !== '1') await prolong(db, found.sessionId, limits)
  return {
    ...account,
    scope: areaScope(found.area),
    secondFactor: secondFactorOf(found.role, { shown, enrolled: twoFactorEnabled }),
  }
}

export function secondFactorOf(
  role: Requester['role'],
  { shown, enrolled }: { shown: boolean; enrolled: boolean },
): SecondFactor {
  if (shown) return 'on'
  if (enrolled) return 'pending'
  return secondFactorRoles.includes(role) ? 'required' : 'off'
}

async function prolong(db: Db, sessionId: string, { sessionIdleMinutes, sessionMinutes }: SecurityLimits) {
  await sql`
    update auth_session set updated_at = now(), expires_at = least(
      now() + make_interval(mins => ${sessionIdleMinutes}::int),
      created_at + make_interval(mins => ${sessionMinutes}::int))
    where id = ${sessionId}`.execute(db)
}

const cookiesOf = (headers: Record<string, unknown>) =>
  typeof headers.cookie === 'string' ? headers.cookie : ''

/** Whose sign-in waits for a second step. */
export async function findChallenged(
  { auth, database }: Pick<Identity, 'auth' | 'database'>,
  headers: Record<string, unknown>,
): Promise<string | undefined> {
  const { createAuthCookie } = await auth.$context
  const identifier = await readSigned(auth, createAuthCookie('two_factor').name, cookiesOf(headers))
  if (!identifier) return undefined
  const { rows } = await sql<{ value: string }>`
    select value from auth_verification where identifier = ${identifier} and expires_at > now()`.execute(
    database.db,
  )
  return rows[0]?.value
}

async function readSessionToken(auth: Auth, cookies: string): Promise<string | undefined> {
  const { authCookies } = await auth.$context
  return readSigned(auth, authCookies.sessionToken.name, cookies)
}

/** The value of a cookie that carries our signature. */
async function readSigned(auth: Auth, name: string, cookies: string): Promise<string | undefined> {
  const { secret } = await auth.$context
  const signed = parseCookies(cookies).get(name) ?? ''
  const at = signed.lastIndexOf('.')
  if (at < 1) return undefined
  const token = signed.slice(0, at)
  const genuine = constantTimeEqual(signed.slice(at + 1), await makeSignature(token, secret))
  return genuine ? token : undefined
}
