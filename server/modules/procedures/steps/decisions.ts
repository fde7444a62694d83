import { sql } from 'kysely'
import type { Case, GuardCheck } from '#contract/work/cases.ts'
import { refuseTied } from '#server/modules/access/ties/index.ts'
import { openPlan } from '#server/modules/assistance/index.ts'
import {
  addDeadline,
  countWorkingDays,
  deadline,
  figuresOf,
  workCalendar,
} from '#server/modules/deadlines/index.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import { getParameter } from '#server/modules/policy/index.ts'
import type { Actor } from '#server/modules/visits/index.ts'
import { AppError } from '#server/platform/errors.ts'
import { maskNumbers } from '#server/platform/text.ts'
import { changeCaseFile } from '../case-writer.ts'
import type { CaseFile } from '../conditions/facts.ts'
import { addEntry } from '../queries.ts'
import { getCase } from '../view.ts'
import { type CaseDeps, changeCase, refuse } from './steps.ts'

const village = ['village', 'team-member', 'township'] as const
const county = ['clerk', 'checker', 'leader'] as const

function mustBe(me: Actor, roles: readonly string[]) {
  if (!roles.includes(me.role)) throw new AppError('not-allowed', { roles })
}

/** How a finding came about, explained by the village. Throws `not-found`, `not-allowed`, `case-guard`. */
export async function explainFlag(
  deps: CaseDeps,
  scope: AreaScope,
  me: Actor,
  { id, flag, explanation }: { id: string; flag: string; explanation: string },
): Promise<Case> {
  mustBe(me, village)
  await changeCase(deps, scope, me, id, async ({ db, file }) => {
    const known = file.flags.find((one) => one.id === flag)
    if (!known) throw new AppError('not-found', { what: 'flag' })
    if (known.decision !== null) throw new AppError('case-guard', { guard: 'step-order', checks: [] })
    const text = maskNumbers(explanation)
    await sql`update case_flag set explanation = ${text}, explained_by = ${me.userId}
      where county = ${file.record.county} and id = ${flag}::uuid`.execute(db)
    return { action: 'cases.explainFlag', after: { flag: known.item }, reason: text }
  })
  return getCase(deps, scope, me, id)
}

/** Whether a finding bars the household; by the county, never by whoever explained it. */
export async function decideFlag(
  deps: CaseDeps,
  scope: AreaScope,
  me: Actor,
  {
    id,
    flag,
    decision,
    reason,
  }: { id: string; flag: string; decision: 'accepted' | 'barred'; reason: string },
): Promise<Case> {
  mustBe(me, county)
  await changeCase(deps, scope, me, id, async ({ db, file }) => {
    const known = file.flags.find((one) => one.id === flag)
    if (!known) throw new AppError('not-found', { what: 'flag' })
    const checks: GuardCheck[] = [
      { guard: 'flags-unexplained', passed: known.explanation !== null, details: { flags: '1' } },
      { guard: 'same-person', passed: known.explainedByUser !== me.userId, details: {} },
      { guard: 'flags-veto', passed: !(known.veto && decision === 'accepted'), details: {} },
    ]
    refuse(checks.filter(({ passed }) => !passed))
    await refuseTied(db, me.userId, [known.explainedByUser])
    const text = maskNumbers(reason)
    await sql`update case_flag set decision = ${decision}, decision_reason = ${text}, decided_by = ${me.userId}
      where county = ${file.record.county} and id = ${flag}::uuid`.execute(db)
    return { action: 'cases.decideFlag', after: { flag: known.item, decision }, reason: text }
  })
  return getCase(deps, scope, me, id)
}

/**
 * Takes down an objection to a list: from the day it hangs out until the township's audit, also once its days are over, for until then
 * nobody has decided anything and the audit waits for every answer. After that the county can refuse, or the case be ended. Throws
 * `not-found`, `not-allowed`, `case-guard` (no list hung out, or audited already).
 */
export async function takeObjection(
  deps: CaseDeps,
  scope: AreaScope,
  me: Actor,
  { id, by, text }: { id: string; by: string; text: string },
): Promise<Case> {
  await changeCase(deps, scope, me, id, async ({ db, file: { record }, today }) => {
    if (record.step !== 'township-audit' || record.publicityFrom === null)
      throw new AppError('case-guard', { guard: 'step-order', checks: [] })
    const due = addDeadline(today, record.county, 'objectionLimit')
    await sql`
      insert into case_objection (county, household_id, village, case_id, at, taken_by, by_name, text, due_on)
      values (${record.county}, ${record.householdId}, ${record.village}, ${id}::uuid, ${deps.clock.now()},
        ${me.userId}, ${maskNumbers(by)},
        ${maskNumbers(text)}, ${due}::date)`.execute(db)
    return { action: 'cases.object', after: { by: maskNumbers(by) }, reason: maskNumbers(text) }
  })
  return getCase(deps, scope, me, id)
}

/** Who did a step of the case neither ends it alone nor dismisses an objection to it. */
function otherHand(me: Actor, { facts: { actors, tied } }: CaseFile) {
  if (actors.has(me.userId) || actors.has(me.name))
    throw new AppError('case-guard', { guard: 'same-person', checks: [] })
  if (tied.size > 0) throw new AppError('case-guard', { guard: 'account-tied', checks: [] })
}

/** Upheld sends the case back to the review; dismissed lets it go on. By nobody who took it down or did a step of the case. */
export async function answerObjection(
  deps: CaseDeps,
  scope: AreaScope,
  me: Actor,
  {
    id,
    objection,
    outcome,
    finding,
  }: { id: string; objection: string; outcome: 'upheld' | 'dismissed'; finding: string },
): Promise<Case> {
  await changeCase(deps, scope, me, id, async ({ db, file, today }) => {
    const { record } = file
    const known = file.objections.find((one) => one.id === objection)
    if (!known) throw new AppError('not-found', { what: 'objection' })
    if (known.outcome !== null) throw new AppError('case-guard', { guard: 'step-order', checks: [] })
    if (known.takenBy === me.userId) throw new AppError('case-guard', { guard: 'same-person', checks: [] })
    await refuseTied(db, me.userId, [known.takenBy])
    if (outcome === 'dismissed') otherHand(me, file)
    const at = deps.clock.now()
    await sql`
      update case_objection set outcome = ${outcome}, finding = ${maskNumbers(finding)}, answered_by = ${me.userId},
        answered_at = ${at} where county = ${record.county} and id = ${objection}::uuid`.execute(db)
    if (outcome === 'upheld') {
      await changeCaseFile(db, record, {
        ...{ step: 'review', dueOn: addDeadline(today, record.county, 'reviewLimit') },
        ...{ publicityFrom: null, publicityUntil: null, publicityPlace: null },
      })
      await addEntry(db, record, {
        ...{ step: 'publicity', result: 'sent-back', at, by: me.userId },
        details: { reason: maskNumbers(finding) },
      })
    }
    return { action: 'cases.answerObjection', after: { outcome }, reason: maskNumbers(finding) }
  })
  return getCase(deps, scope, me, id)
}

/** Ends a case on the way, with a reason; by the township or the county, never by whoever did a step of it. */
export async function dropCase(
  deps: CaseDeps,
  scope: AreaScope,
  me: Actor,
  { id, reason }: { id: string; reason: string },
): Promise<Case> {
  mustBe(me, ['township', ...county])
  await changeCase(deps, scope, me, id, async ({ db, file, today }) => {
    const { record } = file
    otherHand(me, file)
    const step = record.step ?? 'verify'
    await changeCaseFile(db, record, { state: 'dropped', step: null, dueOn: null, closedOn: today })
    const text = maskNumbers(reason)
    await addEntry(db, record, {
      step,
      result: 'dropped',
      at: deps.clock.now(),
      by: me.userId,
      details: { reason: text },
    })
    return { action: 'cases.drop', before: { step }, after: { state: 'dropped' }, reason: text }
  })
  return getCase(deps, scope, me, id)
}

/** Stops the clock (township and above), or lets it run again: what was due moves by the working days it stood still. */
export async function pauseCase(
  deps: CaseDeps,
  scope: AreaScope,
  me: Actor,
  { id, pause, reason }: { id: string; pause: boolean; reason: string },
): Promise<Case> {
  if (pause) mustBe(me, ['township', ...county])
  await changeCase(deps, scope, me, id, async ({ db, file: { record }, today }) => {
    const { pausedOn, dueOn, totalDueOn, step } = record
    if ((pausedOn !== null) === pause) throw new AppError('case-guard', { guard: 'step-order', checks: [] })
    if (pausedOn === null) {
      await changeCaseFile(db, record, { pausedOn: today })
    } else {
      const stood = countWorkingDays(workCalendar(), pausedOn, today)
      await changeCaseFile(db, record, {
        ...{
          pausedOn: null,
          dueOn: deadline(dueOn ?? today, stood),
          totalDueOn: deadline(totalDueOn, stood),
        },
      })
    }
    const text = maskNumbers(reason)
    await addEntry(db, record, {
      ...{ step: step ?? 'verify', result: pause ? ('paused' as const) : ('resumed' as const) },
      ...{ at: deps.clock.now(), by: me.userId, details: { reason: text } },
    })
    return { action: 'cases.pause', after: { paused: pause }, reason: text }
  })
  return getCase(deps, scope, me, id)
}

/** Help first, papers after: the plan opens now, and the papers have longer. */
export async function openGreenChannel(
  deps: CaseDeps,
  scope: AreaScope,
  me: Actor,
  { id, reason }: { id: string; reason: string },
): Promise<Case> {
  mustBe(me, ['township', ...county])
  await changeCase(deps, scope, me, id, async ({ db, file: { record }, today }) => {
    if (record.greenChannel || record.kind === 'resolution')
      throw new AppError('case-guard', { guard: 'step-order', checks: [] })
    const extra = getParameter(figuresOf(today, record.county), 'greenChannelExtra')
    // Papers that have not begun may begin that much later; what is under way keeps its limits.
    const later = record.step === 'authorise' ? extra : 0
    await changeCaseFile(db, record, {
      greenChannel: true,
      totalDueOn: sql`total_due_on + ${extra}::integer`,
      dueOn: sql`due_on + ${later}::integer`,
    })
    await openPlan(db, record, { causes: record.causes, caseId: id, today, urgent: true })
    const text = maskNumbers(reason)
    await addEntry(db, record, {
      ...{ step: record.step ?? 'verify', result: 'green-channel' as const },
      ...{ at: deps.clock.now(), by: me.userId, details: { reason: text } },
    })
    return { action: 'cases.greenChannel', after: { greenChannel: true }, reason: text }
  })
  return getCase(deps, scope, me, id)
}
