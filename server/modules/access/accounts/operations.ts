import { sql } from 'kysely'
import type { Role } from '#contract/access/capabilities.ts'
import type { Department } from '#contract/common.ts'
import { type AreaScope, areaScope, levelOf } from '#server/modules/divisions/index.ts'
import type { AuditEntry } from '#server/platform/audit.ts'
import { type Db, inTransaction, type Session } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import { mayManage, needsDepartment, roleLevels, type Standing } from '../rules.ts'
import { forgetAttempts } from '../sign-in/attempts.ts'
import type { AccountDeps, Manager } from './deps.ts'
import { countOtherAdministrators, endSessions, findAccount, type StoredAccount } from './queries.ts'
import { attemptKeysOf } from './view.ts'

const province = 340_000_000_000

export interface WantedAccount {
  username: string
  name: string
  role: Role
  area: number
  department: Department | null
}

/** Why an account of that kind cannot be: the first reason, or undefined. */
export function wrongWith(
  me: Standing,
  { role, area, department }: Omit<WantedAccount, 'username' | 'name'>,
): 'role-not-grantable' | 'area-wrong-level' | 'department-required' | undefined {
  if (!mayManage(me, { userId: '', role, area })) return 'role-not-grantable'
  if (!roleLevels[role].includes(levelOf(area))) return 'area-wrong-level'
  return needsDepartment(role) === (department !== null) ? undefined : 'department-required'
}

export async function findTaken(db: Db, usernames: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ username: string }>`
    select username from auth_user where username = any(${usernames})`.execute(db)
  return rows.map(({ username }) => username)
}

export async function suspendAccount(
  deps: AccountDeps,
  me: Manager,
  id: string,
  reason: string,
): Promise<void> {
  await changeAccount(deps, me, id, async ({ db }, account) => {
    if (account.state !== 'active') throw new AppError('account-state', { state: account.state })
    await keepAnAdministrator(db, account)
    await sql`
      update account set state = 'suspended', suspended_at = now(), suspended_by = ${me.userId},
        suspended_reason = ${reason}
      where user_id = ${id}`.execute(db)
    const ended = await endSessions(db, id)
    return {
      ...stateChange('accounts.suspend', 'active', 'suspended', reason),
      detail: { endedSessions: ended },
    }
  })
}

export async function resumeAccount(
  deps: AccountDeps,
  me: Manager,
  id: string,
  reason: string,
): Promise<void> {
  await changeAccount(deps, me, id, async ({ db }, account) => {
    if (account.state !== 'suspended') throw new AppError('account-state', { state: account.state })
    await sql`
      update account set state = 'active', suspended_at = null, suspended_by = null, suspended_reason = null
      where user_id = ${id}`.execute(db)
    return stateChange('accounts.resume', 'suspended', 'active', reason)
  })
}

export async function unlockAccount(deps: AccountDeps, me: Manager, id: string): Promise<void> {
  await changeAccount(deps, me, id, async ({ db }, account) => {
    await forgetAttempts(db, attemptKeysOf(deps.identity, account))
    await sql`
      update auth_two_factor set failed_verification_count = 0, locked_until = null where user_id = ${id}`.execute(
      db,
    )
    return { action: 'accounts.unlock' }
  })
}

const stateChange = (action: string, before: string, after: string, reason: string): AuditEntry => ({
  action,
  before: { state: before },
  after: { state: after },
  reason,
})

/** Finds the account as the requester may see it, locks it, makes sure they manage it, changes it and writes that down. */
async function changeAccount(
  deps: AccountDeps,
  me: Manager,
  id: string,
  work: (session: Session, account: StoredAccount) => Promise<AuditEntry>,
): Promise<string> {
  await getManaged(deps.database.db, me, me.scope, id)
  return inTransaction(deps.roles.auth, async (session) => {
    const account = await getManaged(session.db, me, me.scope, id, { forUpdate: true })
    const entry = await work(session, account)
    await deps.audit.record(session.db, { object: { kind: 'account', ref: id }, ...entry })
    return account.username
  })
}

export async function getManaged(
  db: Db,
  me: Manager,
  scope: AreaScope,
  id: string,
  options?: { forUpdate: boolean },
): Promise<StoredAccount> {
  const account = await findAccount(db, scope, id, options)
  if (!account) throw new AppError('not-found', { what: 'account' })
  if (!mayManage(me, account)) throw new AppError('account-not-yours', { role: account.role })
  return account
}

/** Somebody has to be left who can let others in again. */
export async function keepAnAdministrator(db: Db, account: StoredAccount) {
  if (account.role !== 'system-admin' || account.area !== province) return
  if ((await countOtherAdministrators(db, areaScope(province).from, account.userId)) === 0) {
    throw new AppError('last-administrator')
  }
}
