import { sql } from 'kysely'
import type { AccountRequestKind, HalfCode } from '#contract/access/accounts.ts'
import type { Role } from '#contract/access/capabilities.ts'
import type { Department } from '#contract/common.ts'
import { findDivision } from '#server/modules/divisions/index.ts'
import type { AuditEntry } from '#server/platform/audit.ts'
import { type Db, inTransaction, type Session } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import { mayBecome, needsDepartment } from '../../rules.ts'
import { halfCode, halfKey } from '../../sign-in/enrolment-codes.ts'
import type { AccountDeps, Manager } from '../deps.ts'
import { findTaken, getManaged, type WantedAccount, wrongWith } from '../operations.ts'
import type { StoredAccount } from '../queries.ts'
import { insertRequests, type NewRequest } from './queries.ts'

export async function requestAccount(
  deps: AccountDeps,
  me: Manager,
  wanted: WantedAccount,
): Promise<HalfCode> {
  const wrong = wrongWith(me, wanted)
  if (wrong) throw new AppError(wrong, { role: wanted.role })
  const [made] = await requestAccounts(deps, me, [wanted])
  if (!made) throw new Error('nothing was requested')
  return made
}

/** Requests all of them or none; the caller has checked what each of them may be. Answers the requester's halves. */
export function requestAccounts(
  deps: AccountDeps,
  me: Manager,
  wanted: readonly WantedAccount[],
): Promise<HalfCode[]> {
  return inTransaction(deps.roles.auth, async ({ db }) => {
    for (const area of new Set(wanted.map((one) => one.area))) {
      if (!(await findDivision(db, area))) throw new AppError('not-found', { what: 'division' })
    }
    const names = wanted.map(({ username }) => username)
    const taken = await findTaken(db, names)
    if (taken.length > 0) throw new AppError('username-taken', { username: taken[0] })
    return insert(
      deps,
      db,
      me,
      wanted.map((one) => ({ ...one, kind: 'create', userId: null, reason: null })),
    )
  })
}

export async function requestMove(
  deps: AccountDeps,
  me: Manager,
  id: string,
  to: {
    role?: Role | undefined
    area?: number | undefined
    department?: Department | null | undefined
    reason: string
  },
): Promise<{ request: string }> {
  const [made] = await requestChange(deps, me, id, to.reason, async ({ db }, account) => {
    const role = to.role ?? account.role
    const area = to.area ?? account.area
    const department = to.department === undefined ? account.department : to.department
    const kept = needsDepartment(role) ? department : null
    if (!mayBecome(account.role, role)) throw new AppError('role-not-grantable', { role })
    const wrong = wrongWith(me, { role, area, department: kept })
    if (wrong) throw new AppError(wrong, { role })
    if (!(await findDivision(db, area))) throw new AppError('not-found', { what: 'division' })
    return { kind: 'move', role, area, department: kept }
  })
  return { request: made?.id ?? '' }
}

export async function requestReset(
  deps: AccountDeps,
  me: Manager,
  id: string,
  { kind, reason }: { kind: 'reset-password' | 'reset-second-factor'; reason: string },
): Promise<HalfCode> {
  const [made] = await requestChange(deps, me, id, reason, async (_, { role, area, department }) => ({
    ...{ kind, role, area, department },
  }))
  if (!made) throw new Error('nothing was requested')
  return made
}

type Change = Pick<NewRequest, 'kind' | 'role' | 'area' | 'department'>

function requestChange(
  deps: AccountDeps,
  me: Manager,
  id: string,
  reason: string,
  work: (session: Session, account: StoredAccount) => Promise<Change>,
): Promise<HalfCode[]> {
  return inTransaction(deps.roles.auth, async (session) => {
    const account = await getManaged(session.db, me, me.scope, id, { forUpdate: true })
    const { userId, username, name } = account
    return insert(deps, session.db, me, [
      { ...(await work(session, account)), userId, username, name, reason },
    ])
  })
}

const needsCode = (kind: AccountRequestKind) => kind === 'create' || kind === 'reset-password'

async function insert(
  { identity, audit }: AccountDeps,
  db: Db,
  me: Manager,
  wanted: readonly Omit<NewRequest, 'codeKey'>[],
): Promise<HalfCode[]> {
  const coded = wanted.map((one) => ({ ...one, code: needsCode(one.kind) ? halfCode() : '' }))
  const ids = await insertRequests(
    db,
    coded.map(({ code, ...one }) => ({
      ...one,
      codeKey: code === '' ? null : halfKey(identity.attemptKey, 'first', code),
    })),
    { by: me.userId, days: identity.limits.accountRequestDays },
  )
  if (ids.length < coded.length) throw new AppError('request-pending', { username: await pending(db, coded) })
  const entries = coded.map(
    ({ kind, userId, username, name, role, area, department, reason }, i): AuditEntry => ({
      action: 'accounts.request',
      object: { kind: userId ? 'account' : 'account-request', ref: userId ?? ids[i] ?? '' },
      after: { kind, username, name, role, area, department, request: ids[i] },
      ...(reason ? { reason } : {}),
    }),
  )
  await audit.record(db, ...entries)
  return coded.map(({ username, name, code }, i) => ({ id: ids[i] ?? '', username, name, code }))
}

async function pending(db: Db, wanted: readonly Pick<NewRequest, 'username'>[]): Promise<string> {
  const { rows } = await sql<{ username: string }>`
    select username from account_request
    where state = 'pending' and username = any(${wanted.map(({ username }) => username)}::text[]) limit 1`.execute(
    db,
  )
  return rows[0]?.username ?? ''
}
