import { sql } from 'kysely'
import type { z } from 'zod'
import type { Correction, CorrectionOutcome, CorrectionState } from '#contract/protection/own-record.ts'
import { isOverdue } from '#contract/work/standing.ts'
import { refuseTied } from '#server/modules/access/ties/index.ts'
import { type AreaScope, areaScope } from '#server/modules/divisions/index.ts'
import { findFeed } from '#server/modules/feeds/index.ts'
import type { AuditEntry } from '#server/platform/audit.ts'
import { type Db, inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import type { RequestDeps, Requester } from '#server/platform/http/rpc.ts'
import { maskNumbers } from '#server/platform/text.ts'
import { surnameOnly } from '../words.ts'
import {
  type CorrectionRecord,
  findCorrectionRecord,
  insertStep,
  listCorrectionRecords,
  listSteps,
  type StepRecord,
} from './queries.ts'
import {
  type CorrectionAction,
  handlingRoles,
  isAllowed,
  mayConfirm,
  mayPropose,
  openStates,
} from './rules.ts'

/**
 * What households report as wrong. One person proposes the outcome, another agrees or sends it back. No fact is ever changed here:
 * `corrected` says that the department mended its own data and that its next file brings it, `forwarded` that the department was
 * informed and has not answered yet.
 */
export type CorrectionDeps = Pick<RequestDeps, 'database' | 'clock' | 'audit'>
export type Outcome = z.infer<typeof CorrectionOutcome>

/** Who looks: an officer sees the names of colleagues, a household their surnames. */
export interface CorrectionViewer {
  userId: string
  isHousehold: boolean
}

export async function searchCorrections(
  { database: { db }, clock }: Pick<CorrectionDeps, 'database' | 'clock'>,
  scope: AreaScope,
  me: Pick<Requester, 'userId'>,
  filter: {
    state?: readonly CorrectionState[] | undefined
    mine?: boolean | undefined
    overdue?: boolean | undefined
    page: number
    size: number
  },
): Promise<{ total: number; rows: Correction[] }> {
  const today = clock.today()
  const { total, rows } = await listCorrectionRecords(
    db,
    scope,
    {
      states: filter.state,
      assignee: filter.mine ? me.userId : undefined,
      overdueAt: filter.overdue ? today : undefined,
    },
    { limit: filter.size, offset: (filter.page - 1) * filter.size },
  )
  return { total, rows: await presentAll(db, rows, { userId: me.userId, isHousehold: false }, today) }
}

/** One correction of the scope with its steps; `not-found` outside it. */
export async function getCorrection(
  { database: { db }, clock }: Pick<CorrectionDeps, 'database' | 'clock'>,
  scope: AreaScope,
  viewer: CorrectionViewer,
  id: string,
): Promise<Correction> {
  const record = await findCorrectionRecord(db, scope, id)
  const [shown] = record ? await presentAll(db, [record], viewer, clock.today()) : []
  if (!shown) throw new AppError('not-found', { what: 'correction' })
  return shown
}

/**
 * Assigns it to an account that may handle it and whose area has the household; without one to the requester. Throws `not-found`
 * (correction or account), `correction-state`.
 */
export function assignCorrection(
  deps: CorrectionDeps,
  scope: AreaScope,
  me: Requester,
  { id, account = me.userId }: { id: string; account?: string | undefined },
): Promise<Correction> {
  return changeCorrection(deps, scope, me, id, 'assign', async (db, record) => {
    const taker = await findHandler(db, account, record.village)
    if (!taker) throw new AppError('not-found', { what: 'account' })
    await sql`update correction set assignee = ${account} where county = ${record.county} and id = ${id}::uuid`.execute(
      db,
    )
    await insertStep(db, record, { at: deps.clock.now(), by: me.userId, kind: 'assigned', text: taker.name })
    return { before: { assignee: record.assignee }, after: { assignee: account } }
  })
}

/** Proposes its outcome. Throws `not-found`, `correction-state` (not open, or in another's hands). */
export function proposeCorrection(
  deps: CorrectionDeps,
  scope: AreaScope,
  me: Requester,
  { id, outcome, explanation }: { id: string; outcome: Outcome; explanation: string },
): Promise<Correction> {
  return changeCorrection(deps, scope, me, id, 'propose', async (db, record) => {
    if (!mayPropose(record, me.userId)) throw new AppError('correction-state', { state: record.state })
    const text = maskNumbers(explanation)
    await sql`
      update correction set state = 'proposed', outcome = ${outcome}, proposed_by = ${me.userId},
        assignee = coalesce(assignee, ${me.userId})
      where county = ${record.county} and id = ${id}::uuid`.execute(db)
    await insertStep(db, record, { at: deps.clock.now(), by: me.userId, kind: 'proposed', outcome, text })
    return { before: { state: 'open' }, after: { state: 'proposed', outcome }, reason: text }
  })
}

/**
 * Another person's word on what was proposed: it ends so, or is open again. Throws `not-found`, `correction-state`,
 * `same-person` (whoever proposed), `reason-required` (to send it back).
 */
export function confirmCorrection(
  deps: CorrectionDeps,
  scope: AreaScope,
  me: Requester,
  { id, agree, reason }: { id: string; agree: boolean; reason: string },
): Promise<Correction> {
  return changeCorrection(deps, scope, me, id, 'confirm', async (db, record) => {
    if (!mayConfirm(record, me.userId)) throw new AppError('same-person', { correction: id })
    await refuseTied(db, me.userId, [record.proposedBy])
    if (!agree && reason === '') throw new AppError('reason-required')
    const text = maskNumbers(reason)
    const at = deps.clock.now()
    const change = agree
      ? sql`state = outcome, decided_by = ${me.userId}, closed_at = ${at}`
      : sql`state = 'open', outcome = null, proposed_by = null`
    const { rows } = await sql`
      update correction set ${change}
      where county = ${record.county} and id = ${id}::uuid and proposed_by <> ${me.userId} returning id`.execute(
      db,
    )
    if (rows.length === 0) throw new AppError('same-person', { correction: id })
    const outcome = agree ? record.outcome : null
    await insertStep(db, record, {
      at,
      by: me.userId,
      kind: agree ? 'confirmed' : 'sent-back',
      outcome,
      text,
    })
    return {
      before: { state: 'proposed', outcome: record.outcome },
      after: { state: outcome ?? 'open' },
      ...(text ? { reason: text } : {}),
    }
  })
}

/** Finds it in the scope, locks it, makes sure it may be done, does it and writes it down, in one transaction. */
async function changeCorrection(
  deps: CorrectionDeps,
  scope: AreaScope,
  me: Requester,
  id: string,
  action: CorrectionAction,
  work: (db: Db, record: CorrectionRecord) => Promise<Omit<AuditEntry, 'action'>>,
): Promise<Correction> {
  await inTransaction(deps.database, async ({ db }) => {
    const record = await findCorrectionRecord(db, scope, id, { forUpdate: true })
    if (!record) throw new AppError('not-found', { what: 'correction' })
    if (!isAllowed(action, record)) throw new AppError('correction-state', { state: record.state })
    const entry = await work(db, record)
    await deps.audit.record(db, {
      action: `corrections.${action}`,
      object: { kind: 'correction', ref: id },
      household: record.ref,
      ...entry,
    })
  })
  return getCorrection(deps, scope, { userId: me.userId, isHousehold: false }, id)
}

async function findHandler(db: Db, userId: string, village: number): Promise<{ name: string } | undefined> {
  const { rows } = await sql<{ name: string; area: number }>`
    select u.name, a.area from account a join auth_user u on u.id = a.user_id
    where a.user_id = ${userId} and a.state = 'active' and a.role = any(${[...handlingRoles]}::text[])`.execute(
    db,
  )
  return rows.find(({ area }) => covers(area, village))
}

function covers(area: number, village: number): boolean {
  const { from, to } = areaScope(area)
  return village >= from && village <= to
}

export async function presentAll(
  db: Db,
  records: readonly CorrectionRecord[],
  viewer: CorrectionViewer,
  today: string,
): Promise<Correction[]> {
  const steps = await listSteps(db, records)
  return records.map((record) => present(record, steps.get(record.id) ?? [], viewer, today))
}

function present(
  record: CorrectionRecord,
  steps: readonly StepRecord[],
  { userId, isHousehold }: CorrectionViewer,
  today: string,
): Correction {
  const shown = (name: string, id: string) => (isHousehold && id !== userId ? surnameOnly(name) : name)
  const { id, feed, what, current, wanted, explanation, state, openedAt, dueOn, assignee } = record
  return {
    ...{ id, feed, what, current, wanted, explanation, state, openedAt, dueOn },
    household: {
      ref: record.ref,
      headName: record.headName,
      village: { code: record.village, name: record.villageName, level: 'village' },
    },
    department: (feed && findFeed(feed)?.department) || null,
    overdue: isOverdue({ dueOn, isOpen: (openStates as readonly string[]).includes(state) }, today),
    assignee: assignee === null ? null : { id: assignee, name: shown(record.assigneeName ?? '', assignee) },
    steps: steps.map(({ at, byUser, by, kind, outcome, text }) => ({
      ...{ at, kind, outcome },
      by: shown(by, byUser),
      text: kind === 'assigned' && isHousehold ? surnameOnly(text) : text,
    })),
    mayPropose: !isHousehold && mayPropose(record, userId),
    mayConfirm: !isHousehold && mayConfirm(record, userId),
  }
}
