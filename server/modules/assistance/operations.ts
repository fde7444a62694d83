import { sql } from 'kysely'
import { capabilities } from '#contract/access/capabilities.ts'
import type { MeasureChange, MeasureInput, MeasureState, Plan } from '#contract/work/plans.ts'
import { type Actor, listVisitors } from '#server/modules/visits/index.ts'
import { type Db, inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import type { HouseholdScope, RequestDeps } from '#server/platform/http/rpc.ts'
import { maskNumbers } from '#server/platform/text.ts'
import { changePlans } from './plan/plan-writer.ts'
import { findPlanRecord, listMeasures, type MeasureRecord, type PlanRecord, readStanding } from './queries.ts'
import { isEnded, mayBecome } from './rules.ts'
import { presentPlan } from './view.ts'

export type PlanDeps = Pick<RequestDeps, 'database' | 'clock' | 'audit'>

/** Puts a measure into a plan of the scope. Throws `not-found`, `measure-state` (the plan is closed), `bad-request` (the days). */
export async function addMeasure(
  deps: PlanDeps,
  scope: HouseholdScope,
  me: Actor,
  { plan, begun, ...input }: MeasureInput & { plan: string; begun: boolean },
): Promise<Plan> {
  await inTransaction(deps.database, async ({ db }) => {
    const record = await lockPlan(db, scope, plan)
    const measure = { ...clean(input), state: begun ? ('under-way' as const) : ('planned' as const) }
    checkDays(measure)
    const { county, householdId, village } = record
    const { rows } = await sql<{ id: string }>`
      insert into measure (county, household_id, village, plan_id, person_id, type, title, responsible,
        responsible_user, starts_on, ends_on,
        money_fen, state, made_by, made_at)
      values (${county}, ${householdId}, ${village}, ${plan}::uuid, ${await findMember(db, record, measure.person)},
        ${measure.type},
        ${measure.title}, ${measure.responsible}, ${await findResponsible(db, scope, record, me, measure.responsible)},
        ${measure.startsOn}::date, ${measure.endsOn}::date, ${measure.moneyFen}, ${measure.state}, ${me.userId},
        ${deps.clock.now()})
      returning id`.execute(db)
    const id = rows[0]?.id ?? ''
    if (begun) await keepStanding(db, record, id, 'before', deps.clock.today())
    await countMeasures(db, record)
    await deps.audit.record(db, {
      action: 'plans.add',
      object: { kind: 'measure', ref: id },
      household: record.ref,
      after: measure,
    })
  })
  return presentAfter(deps, scope, me, plan)
}

/**
 * Changes a measure of the scope, and where `state` is named begins, ends or cancels it. Throws `not-found`, `measure-state` (it
 * has ended, or does not follow), `measure-unproven` (ended without evidence or effect), `reason-required` (cancelled without),
 * `bad-request` (the days).
 */
export async function changeMeasure(
  deps: PlanDeps,
  scope: HouseholdScope,
  me: Actor,
  { id, ...change }: MeasureChange & { id: string },
): Promise<Plan> {
  const plan = await inTransaction(deps.database, async ({ db }) => {
    const { rows } = await sql<{ plan: string }>`
      select plan_id as plan from measure where id = ${id}::uuid`.execute(db)
    const record = rows[0] && (await lockPlan(db, scope, rows[0].plan, 'measure'))
    const known = record && (await listMeasures(db, record)).find((one) => one.id === id)
    if (!record || !known) throw new AppError('not-found', { what: 'measure' })
    const before = contentOf(known)
    const { reason, ...requested } = clean(change)
    const next = { ...before, ...requested }
    if (next.state === 'under-way' && before.state === 'planned' && next.startsOn > deps.clock.today())
      next.startsOn = deps.clock.today()
    if (next.state === 'done') next.endsOn ??= deps.clock.today()
    checkStep(before.state, next, reason ?? '')
    checkDays(next)
    const responsible =
      next.responsible === before.responsible
        ? sql`responsible_user`
        : await findResponsible(db, scope, record, me, next.responsible)
    await sql`
      update measure set type = ${next.type}, title = ${next.title},
        person_id = ${await findMember(db, record, next.person)},
        responsible = ${next.responsible},
        responsible_user = ${responsible},
        starts_on = ${next.startsOn}::date, ends_on = ${next.endsOn}::date,
        money_fen = ${next.moneyFen}, state = ${next.state}, evidence = ${next.evidence}, effect = ${next.effect},
        reason = ${next.state === 'cancelled' ? (reason ?? '') : null}
      where county = ${record.county} and id = ${id}::uuid`.execute(db)
    if (next.state !== before.state && next.state === 'under-way')
      await keepStanding(db, record, id, 'before', deps.clock.today())
    if (next.state === 'done') await keepStanding(db, record, id, 'after', deps.clock.today())
    await countMeasures(db, record)
    await deps.audit.record(db, {
      action: 'plans.change',
      object: { kind: 'measure', ref: id },
      household: record.ref,
      before,
      after: next,
      ...(reason ? { reason } : {}),
    })
    return record.id
  })
  return presentAfter(deps, scope, me, plan)
}

/** Whose account a name means: one's own, or somebody's who may visit the household; a name of two people means neither. */
async function findResponsible(
  db: Db,
  scope: HouseholdScope,
  home: PlanRecord,
  me: Actor,
  name: string,
): Promise<string | null> {
  if (name === me.name) return me.userId
  const day = { today: '2000-01-01', until: '2000-01-01' }
  const near = await listVisitors(db, scope, home, { ...day, roles: capabilities['visit.report'] })
  const meant = near.filter((one) => one.name === name)
  return meant.length === 1 ? (meant[0]?.id ?? null) : null
}

type Content = MeasureInput & { state: MeasureState; evidence: string; effect: string }

function contentOf(known: MeasureRecord): Content {
  const { type, title, person, responsible, startsOn, endsOn, moneyFen, state, evidence, effect } = known
  return { type, title, person, responsible, startsOn, endsOn, moneyFen, state, evidence, effect }
}

/** What people typed, without numbers that identify; keys that were not named stay away. */
function clean<T extends Partial<MeasureChange>>(input: T): T {
  const texts = ['title', 'responsible', 'evidence', 'effect', 'reason'] as const
  const masked = texts.flatMap((key) => {
    const text = input[key]
    return text === undefined ? [] : [[key, maskNumbers(text)]]
  })
  const named = Object.entries(input).filter(([, value]) => value !== undefined)
  return { ...Object.fromEntries(named), ...Object.fromEntries(masked) }
}

function checkStep(from: MeasureState, next: Content, reason: string) {
  if (isEnded(from) || (next.state !== from && !mayBecome(from, next.state)))
    throw new AppError('measure-state', { state: from })
  if (next.state === 'done' && (next.evidence === '' || next.effect === ''))
    throw new AppError('measure-unproven')
  if (next.state === 'cancelled' && reason === '') throw new AppError('reason-required')
}

function checkDays({ startsOn, endsOn }: Pick<MeasureInput, 'startsOn' | 'endsOn'>) {
  if (endsOn !== null && endsOn < startsOn) throw new AppError('bad-request', { startsOn, endsOn })
}

/** Two at a time at one plan would count its measures wrong. */
async function lockPlan(
  db: Db,
  scope: HouseholdScope,
  id: string,
  what: 'plan' | 'measure' = 'plan',
): Promise<PlanRecord> {
  await sql`select from plan where id = ${id}::uuid for update`.execute(db)
  const record = await findPlanRecord(db, scope, id)
  if (!record) throw new AppError('not-found', { what })
  if (record.closedOn !== null) throw new AppError('measure-state', { closedOn: record.closedOn })
  return record
}

async function findMember(
  db: Db,
  { county, householdId }: PlanRecord,
  ref: string | null,
): Promise<number | null> {
  if (ref === null) return null
  const { rows } = await sql<{ id: number }>`
    select id from person where county = ${county} and household_id = ${householdId} and ref = ${ref}::uuid`.execute(
    db,
  )
  if (!rows[0]) throw new AppError('not-found', { what: 'person' })
  return rows[0].id
}

/** How the household stands on the day a measure begins or ends; the effect is the difference of the two. */
async function keepStanding(db: Db, record: PlanRecord, id: string, when: 'before' | 'after', today: string) {
  const { incomePerHeadFen, openClues } = await readStanding(db, record)
  const column = (name: string) => sql.ref(`${when}_${name}`)
  await sql`
    update measure set ${column('on')} = ${today}::date, ${column('income_per_head_fen')} = ${incomePerHeadFen},
      ${column('open_clues')} = ${openClues}
    where county = ${record.county} and id = ${id}::uuid`.execute(db)
}

async function countMeasures(db: Db, { county, id }: PlanRecord) {
  await changePlans(
    db,
    {
      measures: sql`(
      select count(*) from measure m where m.county = x.county and m.plan_id = x.id and m.state <> 'cancelled')`,
    },
    sql`x.county = ${county} and x.id = ${id}::uuid`,
  )
}

async function presentAfter(deps: PlanDeps, scope: HouseholdScope, me: Actor, id: string): Promise<Plan> {
  const record = await findPlanRecord(deps.database.db, scope, id)
  if (!record) throw new AppError('not-found', { what: 'plan' })
  return presentPlan(deps, scope, me, record)
}
