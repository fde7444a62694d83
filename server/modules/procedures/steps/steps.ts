import { sql } from 'kysely'
import { addDays } from '#contract/days.ts'
import type { HouseholdCategory } from '#contract/registry/households.ts'
import {
  type Case,
  type CaseStep,
  type GuardCheck,
  householdGuards,
  type StepInput,
} from '#contract/work/cases.ts'
import { closePlan, openPlan } from '#server/modules/assistance/index.ts'
import { followSpells } from '#server/modules/clues/writing/index.ts'
import { addDeadline, figuresOf } from '#server/modules/deadlines/index.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import { getParameter } from '#server/modules/policy/index.ts'
import { decideCategory } from '#server/modules/registry/index.ts'
import { packOn } from '#server/modules/screening/index.ts'
import type { Actor } from '#server/modules/visits/index.ts'
import type { AuditEntry } from '#server/platform/audit.ts'
import { type Db, inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import type { RequestDeps } from '#server/platform/http/rpc.ts'
import { maskNumbers } from '#server/platform/text.ts'
import { changeCaseFile } from '../case-writer.ts'
import { addAuthorisation, signersOf } from '../conditions/authorisation.ts'
import { runComparison } from '../conditions/comparison.ts'
import { type CaseFile, readCaseFile } from '../conditions/facts.ts'
import { readResolutionFacts } from '../conditions/resolution-facts.ts'
import {
  bearsSurname,
  categoriesFor,
  checksOf,
  dayChecks,
  holds,
  naturalChecks,
  nextSteps,
  resolutionChecks,
  reviewChecks,
  stepAfter,
  stepLimits,
} from '../conditions/rules.ts'
import { addEntry, type CaseRecord, findCaseRecord } from '../queries.ts'
import { getCase } from '../view.ts'

export type CaseDeps = Pick<RequestDeps, 'database' | 'clock' | 'audit'>

interface Doing {
  deps: CaseDeps
  db: Db
  me: Actor
  file: CaseFile
  today: string
}

/** What became of the step: the next one, one to go back to, or an end. */
interface Outcome {
  to: CaseStep | 'refused' | 'entered'
  details: Record<string, string>
}

/**
 * Does the next step of a case of the scope. Throws `not-found`; `not-allowed` (another role's step); `case-guard` with the first
 * guard that does not hold and all that do not.
 */
export async function doStep(
  deps: CaseDeps,
  scope: AreaScope,
  me: Actor,
  id: string,
  input: StepInput,
): Promise<Case> {
  await changeCase(deps, scope, me, id, async (doing) => {
    const { file, db } = doing
    const { step } = input
    if (!holds(me.role, step)) throw new AppError('not-allowed', { step })
    const kin = bearsSurname(file.facts)
    const sworn = 'notKin' in input && input.notKin === true
    const isNo = 'agree' in input && !input.agree
    const failed = checksOf(step, file.facts).filter(
      ({ guard, holds: good }) => !good && !(isNo && householdGuards.includes(guard)),
    )
    if (kin && sworeSteps.includes(step) && !sworn)
      failed.push({ guard: 'kin-undeclared', holds: false, details: {} })
    failed.push(...lateCheck(doing, input))
    refuse(failed)
    const { to, details } = await outcomeOf(doing, input)
    if (!(nextSteps[step] as readonly string[]).includes(to))
      throw new Error(`no step leads from ${step} to ${to}`)
    await moveOn(db, file.record, { from: step, to, today: doing.today })
    const result = to === 'refused' ? 'refused' : isBack(file.record, step, to) ? 'sent-back' : 'done'
    const shown = kin && sworn ? { ...details, notKin: 'yes' } : details
    await addEntry(db, file.record, { step, result, at: deps.clock.now(), by: me.userId, details: shown })
    return { action: 'cases.step', before: { step }, after: { step: to, ...shown } }
  })
  return getCase(deps, scope, me, id)
}

/** Steps in which people decide about a household. */
const sworeSteps: readonly CaseStep[] = ['review', 'township-audit', 'county-approval']

/** After the last day for the whole, whoever decides says why it took so long. */
function lateCheck({ file: { record }, today }: Doing, input: StepInput): GuardCheck[] {
  if (input.step !== 'county-approval' || today <= record.totalDueOn || input.lateReason) return []
  return [{ guard: 'late-unexplained', holds: false, details: { until: record.totalDueOn } }]
}

export function refuse(failed: readonly GuardCheck[]) {
  if (failed[0]) throw new AppError('case-guard', { guard: failed[0].guard, checks: failed })
}

const isBack = ({ kind }: CaseRecord, step: CaseStep, to: Outcome['to']) =>
  to !== 'entered' && to !== stepAfter(kind, step)

/** Finds it in the scope, locks it, does the work and writes it down, in one transaction. Throws `not-found`, `case-guard` case-ended. */
export async function changeCase(
  deps: CaseDeps,
  scope: AreaScope,
  me: Actor,
  id: string,
  work: (doing: Doing) => Promise<Omit<AuditEntry, 'object' | 'household'>>,
): Promise<void> {
  const today = deps.clock.today()
  await inTransaction(deps.database, async ({ db }) => {
    const record = await findCaseRecord(db, scope, id, today, { forUpdate: true })
    if (!record) throw new AppError('not-found', { what: 'case' })
    if (record.state !== 'running') throw new AppError('case-guard', { guard: 'case-ended', checks: [] })
    const file = await readCaseFile(db, record, me, today)
    const entry = await work({ deps, db, me, file, today })
    await deps.audit.record(db, { ...entry, object: { kind: 'case', ref: id }, household: record.ref })
  })
}

async function outcomeOf(doing: Doing, input: StepInput): Promise<Outcome> {
  const { deps, db, me, file, today } = doing
  const { record } = file
  const next = stepAfter(record.kind, input.step) ?? 'entered'
  refuse(dayChecks(input, { openedOn: record.openedOn, today }).filter(({ holds: good }) => !good))
  switch (input.step) {
    case 'authorise': {
      const names = signatories(file, input.signatories, today)
      const word = {
        scopes: input.scopes,
        given: true,
        way: 'paper' as const,
        by: me.userId,
        at: deps.clock.now(),
        today,
      }
      const text = await addAuthorisation(
        db,
        { county: record.county, id: record.householdId },
        { ...word, note: maskNumbers(names) },
      )
      return {
        to: next,
        details: { signatories: names, scopes: input.scopes.join(','), signedOn: input.signedOn, text },
      }
    }
    case 'compare': {
      const flags = await runComparison(db, record, { scopes: file.scopes, at: deps.clock.now(), today })
      return { to: next, details: { flags: String(flags) } }
    }
    case 'review':
      return review(doing, input, next)
    case 'publicity': {
      const key = record.kind === 'resolution' ? 'resolutionPublicityDays' : 'publicityDays'
      const days = getParameter(figuresOf(today, record.county), key)
      const [, from = today] = [input.from, today].toSorted()
      const until = addDays(from, days)
      await changeCaseFile(db, record, {
        publicityFrom: addDays(until, -days),
        publicityUntil: until,
        publicityPlace: input.place,
      })
      return { to: next, details: { from: addDays(until, -days), until, place: input.place } }
    }
    case 'township-audit':
      return { to: input.agree ? next : 'review', details: { opinion: maskNumbers(input.opinion) } }
    case 'county-approval':
      return approve(doing, input, next)
    case 'announce':
      return { to: next, details: { on: input.on, place: input.place } }
    case 'enter':
      await enter(doing)
      return { to: 'entered', details: input.mark ? { mark: input.mark } : {} }
  }
}

/** Names of who signed; every adult must have. */
function signatories({ people, record }: CaseFile, refs: readonly string[], today: string): string {
  const signed = people.filter(({ ref }) => refs.includes(ref))
  if (signed.length < new Set(refs).size) throw new AppError('not-found', { what: 'person' })
  const unsigned = signersOf(people, today, record.county).filter(({ ref }) => !refs.includes(ref)).length
  refuse(
    unsigned === 0 ? [] : [{ guard: 'adult-unsigned', holds: false, details: { people: String(unsigned) } }],
  )
  return signed.map(({ name }) => name).join('、')
}

function review(
  { file: { record }, today }: Doing,
  input: Extract<StepInput, { step: 'review' }>,
  next: Outcome['to'],
): Outcome {
  const values = figuresOf(today, record.county)
  const { quorum, majority } = reviewChecks(input, {
    quorumBp: getParameter(values, 'reviewQuorum'),
    majorityBp: getParameter(values, 'reviewMajority'),
  })
  refuse([quorum].filter(({ holds: good }) => !good))
  const { due, present, agreed, heldOn, minutes } = input
  const details = {
    ...{ heldOn, due: String(due), present: String(present), agreed: String(agreed) },
    ...(minutes ? { minutes: maskNumbers(minutes) } : {}),
  }
  return { to: majority.holds ? next : 'refused', details }
}

async function approve(
  { db, file: { record }, today }: Doing,
  input: Extract<StepInput, { step: 'county-approval' }>,
  next: Outcome['to'],
): Promise<Outcome> {
  const late: Record<string, string> = input.lateReason ? { lateReason: maskNumbers(input.lateReason) } : {}
  const details = { opinion: maskNumbers(input.opinion), ...late }
  if (!input.agree) return { to: 'refused', details }
  if (record.kind === 'resolution') {
    const facts = await readResolutionFacts(db, record, today)
    const checks = record.way === 'natural' ? naturalChecks(facts) : resolutionChecks(facts)
    refuse(checks.filter(({ holds: good }) => !good))
    return { to: next, details }
  }
  const allowed = categoriesFor({ registered: record.registered, pack: packOn(today).categories })
  const category = input.category ?? allowed[0]
  if (!category || !allowed.includes(category))
    throw new AppError('bad-request', { category: input.category, allowed })
  await changeCaseFile(db, record, { category })
  return { to: next, details: { ...details, category } }
}

/** The end of the way: the spell begins or the risk is resolved, and the plan with it. */
async function enter({ deps, db, file: { record }, today }: Doing) {
  const key = { county: record.county, id: record.householdId }
  const { causes, id: caseId, pack } = record
  const decided = { causes, caseId, pack, day: today, at: deps.clock.now() }
  if (record.kind === 'resolution') {
    const because = record.way === 'natural' ? 'natural' : 'resolved'
    const category = record.category as HouseholdCategory
    await decideCategory(db, key, { ...decided, category, risk: 'resolved', because }, followSpells)
    await closePlan(db, record, today)
    return
  }
  const because = record.risk === 'resolved' ? 'reopened' : 'identified'
  const category = record.decided ?? (record.category as HouseholdCategory)
  await decideCategory(db, key, { ...decided, category, risk: 'open', because }, followSpells)
  await openPlan(db, record, { causes, caseId, today })
}

async function moveOn(
  db: Db,
  record: CaseRecord,
  { from, to, today }: { from: CaseStep; to: Outcome['to']; today: string },
) {
  const { county } = record
  if (to === 'refused' || to === 'entered') {
    await changeCaseFile(db, record, { state: to, step: null, dueOn: null, closedOn: today })
    return
  }
  // While a list hangs out nothing is due: the audit's days begin when it may come down.
  const isHanging = from === 'publicity'
  const limit = stepLimits[to]
  const due = addDeadline(today, county, limit)
  await changeCaseFile(db, record, {
    step: to,
    dueOn: isHanging ? sql`${due}::date + (publicity_until - ${today}::date)` : due,
    ...(to === 'review' && { publicityFrom: null, publicityUntil: null, publicityPlace: null }),
  })
}
