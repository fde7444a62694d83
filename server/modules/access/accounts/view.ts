import type { Account, AccountRow } from '#contract/access/accounts.ts'
import type { Role } from '#contract/access/capabilities.ts'
import { inSession } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import { actionsOn, grantableRoles, mayManage } from '../rules.ts'
import { findLocks } from '../sign-in/attempts.ts'
import type { AccountDeps, Manager } from './deps.ts'
import { findHandover } from './handovers.ts'
import { type AccountListing, findAccount, listAccounts, type StoredAccount } from './queries.ts'

export async function searchAccounts(
  deps: Pick<AccountDeps, 'database' | 'roles' | 'identity'>,
  me: Manager,
  filter: AccountListing,
): Promise<{ rows: AccountRow[]; total: number; grantable: Role[] }> {
  const { rows, total } = await listAccounts(deps.database.db, me.scope, filter)
  const locks = await locksOf(deps, rows)
  return {
    rows: rows.map((account) => viewAccount(me, account, locks.get(account.userId))),
    total,
    grantable: grantableRoles(me),
  }
}

export async function getAccount(deps: AccountDeps, me: Manager, id: string): Promise<Account> {
  const account = await findAccount(deps.database.db, me.scope, id)
  if (!account) throw new AppError('not-found', { what: 'account' })
  const locks = await locksOf(deps, [account])
  return {
    ...viewAccount(me, account, locks.get(id)),
    createdBy: account.createdBy,
    suspended: account.suspendedAt
      ? { at: account.suspendedAt, by: account.suspendedBy, reason: account.suspendedReason ?? '' }
      : null,
    openWork: await countWork(deps, id),
    handedOver: mayManage(me, account) ? await findHandover(deps, id) : null,
  }
}

export function countWork({ work, handover }: AccountDeps, id: string): Promise<Record<string, number>> {
  return inSession(work, async (session) => {
    const counts: Record<string, number> = {}
    for (const part of handover) counts[part.key] = await part.count(session, id)
    return counts
  })
}

/** Account → until when it is locked, by wrong passwords or wrong codes. */
async function locksOf(
  { roles, identity }: Pick<AccountDeps, 'roles' | 'identity'>,
  accounts: readonly StoredAccount[],
): Promise<Map<string, string>> {
  const keys = new Map(
    accounts.flatMap((account) => attemptKeysOf(identity, account).map((key) => [key, account.userId])),
  )
  const locks = await findLocks(roles.auth.db, [...keys.keys()])
  return new Map([...locks].map(([key, until]) => [keys.get(key) ?? '', until]))
}

export function attemptKeysOf(
  { attemptKey }: Pick<AccountDeps['identity'], 'attemptKey'>,
  { username, userId }: { username: string; userId: string },
): string[] {
  return [attemptKey(username), attemptKey(`code:${userId}`)]
}

function viewAccount(me: Manager, account: StoredAccount, lockedUntil: string | undefined): AccountRow {
  const { userId, username, name, role, department, state, secondFactor, mustChangePassword } = account
  return {
    id: userId,
    ...{ username, name, role, department, state, secondFactor, mustChangePassword },
    area: { code: account.area, name: account.areaName, level: account.areaLevel },
    lockedUntil: lockedUntil ?? null,
    signedInAt: account.signedInAt,
    createdAt: account.createdAt,
    actions: mayManage(me, account)
      ? actionsOn({ state, secondFactor, locked: lockedUntil !== undefined })
      : [],
  }
}
