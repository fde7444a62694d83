import { sql } from 'kysely'
import type { Role } from '#contract/access/capabilities.ts'
import type { Auditor } from '#server/platform/audit.ts'
import { type Db, inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import { halfCode, halfKey } from '../../sign-in/enrolment-codes.ts'
import type { Identity } from '../../sign-in/identity.ts'
import { insertAccounts } from '../ensure-accounts.ts'
import { findTaken } from '../operations.ts'
import { endSessions } from '../queries.ts'

/** Who sets an installation up: the three separated duties, and somebody who leads the work. */
const roles = ['system-admin', 'security-admin', 'audit-admin', 'leader'] as const satisfies Role[]
type FirstRole = (typeof roles)[number]
const province = 340_000_000_000

interface FirstDeps {
  identity: Identity
  audit: Auditor
}

/** Both halves of an enrolment code; whoever sits at the machine hands them to the person. */
interface WholeCode {
  username: string
  first: string
  second: string
}

/**
 * The first account of a duty in the province, made at the machine where nobody could request or agree yet. Throws `account-state` where
 * there is one already: from then on it takes two people; `username-taken`.
 */
function openFirst(
  { identity, audit }: FirstDeps,
  { username, name, role }: { username: string; name: string; role: FirstRole },
): Promise<WholeCode> {
  return inTransaction(identity.database, async (session) => {
    const { db } = session
    await sql`select pg_advisory_xact_lock(71013)`.execute(db)
    const { rows } = await sql<{ username: string }>`
      select u.username from account a join auth_user u on u.id = a.user_id
      where a.role = ${role} and a.area = ${province} and a.state = 'active' limit 1`.execute(db)
    if (rows[0]) throw new AppError('account-state', { role, account: rows[0].username })
    if ((await findTaken(db, [username])).length > 0) throw new AppError('username-taken', { username })
    const [userId = ''] = await identity.create(session, [{ username, name }])
    const account = { userId, username, name, role, area: province, department: null }
    await insertAccounts(db, [account], { createdBy: null, mustChangePassword: true })
    await audit.record(db, {
      action: 'accounts.first',
      object: { kind: 'account', ref: userId },
      after: { username, name, role, area: province },
      detail: { username },
    })
    return openWhole(identity, db, { userId, username })
  })
}

/**
 * A new code for an administrator whom nobody is left to help. Throws `not-found`, `account-not-yours` for whom the pages can help: those
 * take two people.
 */
function enrolAgain(
  { identity, audit }: FirstDeps,
  { username, reason }: { username: string; reason: string },
): Promise<WholeCode> {
  return inTransaction(identity.database, async (session) => {
    const { db } = session
    const { rows } = await sql<{ userId: string; role: Role; area: number }>`
      select a.user_id, a.role, a.area from account a join auth_user u on u.id = a.user_id
      where u.username = ${username} and a.state = 'active' for update of a`.execute(db)
    const [account] = rows
    if (!account) throw new AppError('not-found', { what: 'account' })
    const { userId, role, area } = account
    if (!(roles as readonly Role[]).includes(role) || area !== province)
      throw new AppError('account-not-yours', { role })
    await identity.dropPassword(session, userId)
    await sql`update account set must_change_password = true where user_id = ${userId}`.execute(db)
    await sql`delete from auth_two_factor where user_id = ${userId}`.execute(db)
    await sql`update auth_user set two_factor_enabled = false where id = ${userId}`.execute(db)
    await endSessions(db, userId)
    await audit.record(db, {
      action: 'accounts.enrol',
      object: { kind: 'account', ref: userId },
      detail: { username },
      reason,
    })
    return openWhole(identity, db, { userId, username })
  })
}

/** What is done at the machine where the pages cannot help; everything else takes two people. */
export const firstAccounts = { roles, open: openFirst, enrolAgain }

async function openWhole(
  { attemptKey, limits }: Identity,
  db: Db,
  { userId, username }: { userId: string; username: string },
): Promise<WholeCode> {
  const [first, second] = [halfCode(), halfCode()]
  await sql`
    insert into enrolment (user_id, first_key, second_key, expires_at)
    values (${userId}, ${halfKey(attemptKey, 'first', first)}::uuid,
      ${halfKey(attemptKey, 'second', second)}::uuid,
      now() + make_interval(hours => ${limits.enrolmentHours}::int))
    on conflict (user_id) do update set first_key = excluded.first_key, second_key = excluded.second_key,
      made_at = now(), expires_at = excluded.expires_at`.execute(db)
  return { username, first, second }
}
