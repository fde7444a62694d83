import { sql } from 'kysely'
import type { Cause } from '#contract/common.ts'
import type { ClueFinding, Visit } from '#contract/work/visits.ts'
import { refuseTied } from '#server/modules/access/ties/index.ts'
import { decideClues, linkClues, postponeClues, shieldClues } from '#server/modules/clues/writing/index.ts'
import { addDeadline } from '#server/modules/deadlines/index.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import { type Db, inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import { maskNumbers } from '#server/platform/text.ts'
import {
  findVisitRecord,
  listReportRecords,
  listVisitClues,
  type ReportRecord,
  type VisitRecord,
} from '../queries.ts'
import { type Actor, getVisit, type VisitDeps, wasThere } from '../view.ts'
import { changeVisit } from '../visit-writer.ts'
import { isProven, proofOf } from './proof.ts'

export interface Decision {
  id: string
  decisions: readonly ClueFinding[]
  greenChannel?: string | undefined
  again?: string | undefined
}

export interface ConfirmedHousehold {
  county: number
  householdId: number
  village: number
}

/** What a decision on a report confirmed of a household. */
export interface Confirmation {
  causes: readonly Cause[]
  visit: string
  /** Since when the household's worries are with somebody. */
  since: string
  greenChannel: string | undefined
  /** Who was there; the visit is the first step of the case. */
  visitor: string
  by: string
  at: Date
  today: string
}

/** Opens what a confirmation calls for and answers its case, if one runs; handed in by the module above, in the same transaction. */
export type FollowConfirmation = (
  db: Db,
  household: ConfirmedHousehold,
  confirmation: Confirmation,
) => Promise<string | null>

const states = { confirm: 'confirmed', exclude: 'excluded', solved: 'solved' } as const

/**
 * Decides what was found, clue by clue, or sends the visitors again. Throws `not-found`, `visit-state` (nothing was reported),
 * `same-person` (who was there), `reason-required` (an exclusion, an outcome unlike the visitors', or sending again), `bad-request`
 * (a clue left out).
 */
export async function decideVisit(
  deps: VisitDeps,
  scope: AreaScope,
  me: Actor,
  decision: Decision,
  followConfirmation: FollowConfirmation,
): Promise<Visit> {
  const { id, again } = decision
  await inTransaction(deps.database, async ({ db }) => {
    const record = await findVisitRecord(db, scope, id, { forUpdate: true })
    if (!record) throw new AppError('not-found', { what: 'visit' })
    const [report] = await listReportRecords(db, [record])
    if (record.state !== 'reported' || !report) throw new AppError('visit-state', { state: record.state })
    if (wasThere(me, report)) throw new AppError('same-person', { visit: id })
    await refuseTied(db, me.userId, [report.byUser])
    if (again !== undefined) await sendAgain(deps, db, record, me, again)
    else await decide({ ...deps, followConfirmation }, db, record, me, report, decision)
    await deps.audit.record(db, {
      action: 'visits.decide',
      object: { kind: 'visit', ref: id },
      household: record.ref,
      before: { findings: report.findings.map(({ clue, outcome }) => ({ clue, outcome })) },
      after:
        again === undefined
          ? {
              decisions: decision.decisions.map(({ clue, outcome, reason }) => ({ clue, outcome, reason })),
            }
          : { again: true },
      ...(again ? { reason: again } : {}),
    })
  })
  return getVisit(deps, scope, me, id)
}

async function sendAgain(
  { clock }: VisitDeps,
  db: Db,
  { county, id }: VisitRecord,
  me: Actor,
  reason: string,
) {
  if (reason === '') throw new AppError('reason-required')
  const due = addDeadline(clock.today(), county, 'verificationLimit')
  await sql`update visit_report set superseded = true where county = ${county} and visit_id = ${id}::uuid`.execute(
    db,
  )
  await changeVisit(
    db,
    { county, id },
    { state: 'planned', dueOn: due, decisionDueOn: null, reportedOn: null, closedNote: maskNumbers(reason) },
  )
  await postponeClues(
    db,
    { county, id },
    { due, again: { by: me.userId, at: clock.now(), reason: maskNumbers(reason) } },
  )
}

async function decide(
  deps: VisitDeps & { followConfirmation: FollowConfirmation },
  db: Db,
  record: VisitRecord,
  me: Actor,
  report: ReportRecord,
  { id, decisions, greenChannel }: Decision,
) {
  const clues = (await listVisitClues(db, [record])).filter(({ state }) => state === 'verifying')
  checkDecisions(
    decisions,
    clues.map((clue) => clue.id),
    report,
    deps.clock.today(),
  )
  const { county, householdId, village } = record
  const at = deps.clock.now()
  const today = deps.clock.today()
  await changeVisit(db, record, { state: 'decided', decidedBy: me.userId, decidedAt: at })
  const confirmed = clues.filter((clue) =>
    decisions.some((one) => one.clue === clue.id && one.outcome === 'confirm'),
  )
  const { rows } = await sql<{ since: string }>`
    select coalesce(min(dispatched_at)::date, ${today}::date)::text as since from clue
    where county = ${county} and id = any(${confirmed.map((clue) => clue.id)}::uuid[])`.execute(db)
  const decided = decisions.map(({ clue, outcome, reason, note, proof }) => ({
    ...{ clue, reason, state: states[outcome], proof: proofOf({ outcome, proof }) },
    note: maskNumbers(note),
  }))
  await decideClues(db, county, decided, { by: me.userId, at, today })
  const excluded = decisions.filter(({ outcome }) => outcome === 'exclude').map(({ clue }) => clue)
  await shieldClues(db, county, excluded, today)
  if (confirmed.length === 0) return
  const caseId = await deps.followConfirmation(
    db,
    { county, householdId, village },
    {
      ...{
        causes: [...new Set(confirmed.map(({ cause }) => cause))],
        visit: id,
        since: rows[0]?.since ?? today,
      },
      ...{ greenChannel, visitor: report.byUser, by: me.userId, at, today },
    },
  )
  await linkClues(
    db,
    county,
    confirmed.map((clue) => clue.id),
    caseId,
  )
}

function checkDecisions(
  decisions: readonly ClueFinding[],
  open: readonly string[],
  report: ReportRecord,
  today: string,
) {
  const named = new Set(decisions.map(({ clue }) => clue))
  if (
    named.size !== decisions.length ||
    open.some((clue) => !named.has(clue)) ||
    [...named].some((clue) => !open.includes(clue))
  )
    throw new AppError('bad-request', { decisions: open })
  for (const decision of decisions) {
    const { clue, outcome, reason, note } = decision
    const found = report.findings.find((one) => one.clue === clue)
    const isOther = found !== undefined && found.outcome !== outcome
    const unexplained = outcome === 'exclude' && (reason === null || (reason === 'other' && note === ''))
    const unproven = outcome === 'solved' && !isProven(decision, today)
    if (unexplained || unproven || (isOther && note === '')) throw new AppError('reason-required', { clue })
  }
}
