import { sql } from 'kysely'
import type { HalfCode } from '#contract/access/accounts.ts'
import { findDivision } from '#server/modules/divisions/index.ts'
import type { AuditEntry } from '#server/platform/audit.ts'
import { inTransaction, type Session } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import { mayApprove, mayBecome, mayManage, type Standing } from '../../rules.ts'
import { forgetAttempts } from '../../sign-in/attempts.ts'
import { halfCode, halfKey } from '../../sign-in/enrolment-codes.ts'
import { recordTies, refuseTied } from '../../ties/index.ts'
import type { AccountDeps, Manager } from '../deps.ts'
import { insertAccounts } from '../ensure-accounts.ts'
import { findTaken, keepAnAdministrator, wrongWith } from '../operations.ts'
import { endSessions, findAccount } from '../queries.ts'
import { attemptKeysOf } from '../view.ts'
import { closeRequests, lockRequests, type RequestRecord } from './queries.ts'

const everywhere = { from: 100_000_000_000, to: 999_999_999_999 }

/**
 * The second person's decision on requests, all or none. What is approved is done at once, as if it were requested now; the
 * answer carries the second halves of enrolment codes, which nobody else ever sees.
 */
export function decideRequests(
  deps: AccountDeps,
  me: Manager,
  { ids, approve, reason }: { ids: readonly string[]; approve: boolean; reason: string },
): Promise<{ codes: HalfCode[] }> {
  if (!approve && reason === '') throw new AppError('reason-required')
  return inTransaction(deps.roles.auth, async (session) => {
    const { db } = session
    const requests = await lockRequests(db, ids)
    const seen = requests.filter((one) => isSeen(me, one))
    if (seen.length < new Set(ids).size) throw new AppError('not-found', { what: 'account-request' })
    for (const one of requests) checkDecider(me, one)
    await refuseTied(
      db,
      me.userId,
      requests.map(({ requestedBy }) => requestedBy),
    )
    const state = approve ? 'done' : 'declined'
    await closeRequests(db, ids, { by: me.userId, state, reason })
    if (!approve) {
      await deps.audit.record(db, ...requests.map((one) => declined(one, reason)))
      return { codes: [] }
    }
    const made = await makeAccounts(
      deps,
      session,
      requests.filter(({ kind }) => kind === 'create'),
    )
    const codes: HalfCode[] = []
    const entries: AuditEntry[] = []
    for (const one of requests) {
      const userId = made.get(one.id) ?? one.userId ?? ''
      entries.push(await carryOut(deps, session, one, userId))
      if (one.codeKey !== null) codes.push(await openEnrolment(deps, session, one, userId))
    }
    await recordTies(
      db,
      requests.map(({ id, userId, kind, requestedBy }) => ({
        ...{ userId: made.get(id) ?? userId ?? '', makers: [requestedBy, me.userId] },
        ...{ request: id, kind },
      })),
      deps.identity.limits.accountTieDays,
    )
    await deps.audit.record(db, ...entries)
    return { codes }
  })
}

const isSeen = ({ scope }: Manager, { area }: RequestRecord) => area >= scope.from && area <= scope.to

export const areasOf = ({ area, fromArea }: RequestRecord) => (fromArea === null ? [area] : [area, fromArea])

export const mayDecide = (me: Standing, one: RequestRecord) =>
  one.state === 'pending' &&
  mayApprove(me, {
    requester: { userId: one.requestedBy, role: one.requesterRole },
    userId: one.userId,
    areas: areasOf(one),
  })

function checkDecider(me: Manager, one: RequestRecord) {
  if (one.requestedBy === me.userId || one.userId === me.userId)
    throw new AppError('same-person', { request: one.id })
  if (one.state !== 'pending') throw new AppError('request-not-pending', { state: one.state })
  if (!mayDecide(me, one)) throw new AppError('approver-unfit', { role: one.requesterRole })
}

const declined = ({ id, kind, username }: RequestRecord, reason: string): AuditEntry => ({
  action: 'accounts.decline',
  object: { kind: 'account-request', ref: id },
  after: { kind, username },
  reason,
})

/** Sign-ins and accounts of the new ones, with a password that nobody knows; request → account. */
async function makeAccounts(
  { identity }: AccountDeps,
  session: Session,
  requests: readonly RequestRecord[],
): Promise<Map<string, string>> {
  if (requests.length === 0) return new Map()
  const taken = await findTaken(
    session.db,
    requests.map(({ username }) => username),
  )
  if (taken.length > 0) throw new AppError('username-taken', { username: taken[0] })
  const ids = await identity.create(
    session,
    requests.map(({ username, name }) => ({ username, name })),
  )
  const made = new Map(requests.map(({ id }, i) => [id, ids[i] ?? '']))
  // Accounts of one file have one requester; a decision may take several files together.
  const by = Map.groupBy(requests, ({ requestedBy }) => requestedBy)
  for (const [createdBy, own] of by) {
    const people = own.map((one) => ({ ...one, userId: made.get(one.id) ?? '' }))
    await insertAccounts(session.db, people, { createdBy, mustChangePassword: true })
  }
  return made
}

/** Does what was requested, if whoever requested it still may; answers what is written down. */
async function carryOut(
  deps: AccountDeps,
  { db }: Session,
  one: RequestRecord,
  userId: string,
): Promise<AuditEntry> {
  const { kind, username, name, role, area, department, reason, requesterUsername, requestedBy } = one
  const requester: Standing = { userId: requestedBy, role: one.requesterRole, area: one.requesterArea }
  const account = await findAccount(db, everywhere, userId, { forUpdate: true })
  if (!account) throw new AppError('not-found', { what: 'account' })
  if (one.requesterState !== 'active' || !mayManage(requester, account))
    throw new AppError('account-not-yours', { role })
  const entry = {
    object: { kind: 'account', ref: userId },
    detail: { username, request: one.id, requestedBy: requesterUsername },
    ...(reason ? { reason } : {}),
  }
  switch (kind) {
    case 'create': {
      const wrong = wrongWith(requester, { role, area, department })
      if (wrong) throw new AppError(wrong, { role })
      return { action: 'accounts.create', ...entry, after: { username, name, role, area, department } }
    }
    case 'move': {
      const wrong = mayBecome(account.role, role)
        ? wrongWith(requester, { role, area, department })
        : 'role-not-grantable'
      if (wrong) throw new AppError(wrong, { role })
      if (!(await findDivision(db, area))) throw new AppError('not-found', { what: 'division' })
      if (area !== account.area) await keepAnAdministrator(db, account)
      await sql`
        update account set role = ${role}, area = ${area}, department = ${department}
        where user_id = ${userId}`.execute(db)
      await endSessions(db, userId)
      const before = { role: account.role, area: account.area, department: account.department }
      return { action: 'accounts.move', ...entry, before, after: { role, area, department } }
    }
    case 'reset-password':
      await forgetAttempts(db, attemptKeysOf(deps.identity, account))
      return { action: 'accounts.reset-password', ...entry }
    case 'reset-second-factor': {
      await sql`delete from auth_two_factor where user_id = ${userId}`.execute(db)
      await sql`update auth_user set two_factor_enabled = false where id = ${userId}`.execute(db)
      await endSessions(db, userId)
      const before = { secondFactor: account.secondFactor }
      return { action: 'accounts.reset-second-factor', ...entry, before, after: { secondFactor: false } }
    }
  }
}

/** The old password is good no more, and both halves together choose a new one. */
async function openEnrolment(
  { identity }: AccountDeps,
  session: Session,
  { id, kind, username, name, codeKey }: RequestRecord,
  userId: string,
): Promise<HalfCode> {
  const { db } = session
  const code = halfCode()
  if (kind === 'reset-password') {
    await identity.dropPassword(session, userId)
    await sql`update account set must_change_password = true where user_id = ${userId}`.execute(db)
    await endSessions(db, userId)
  }
  await sql`
    insert into enrolment (user_id, first_key, second_key, expires_at)
    values (${userId}, ${codeKey}::uuid, ${halfKey(identity.attemptKey, 'second', code)}::uuid,
      now() + make_interval(hours => ${identity.limits.enrolmentHours}::int))
    on conflict (user_id) do update set first_key = excluded.first_key, second_key = excluded.second_key,
      made_at = now(), expires_at = excluded.expires_at`.execute(db)
  return { id, username, name, code }
}
