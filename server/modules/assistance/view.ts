import { sql } from 'kysely'
import { may, reach } from '#contract/access/capabilities.ts'
import type {
  Concern,
  Measure,
  Plan,
  PlanCheck,
  PlanCheckName,
  PlanRow,
  Standing,
} from '#contract/work/plans.ts'
import { isOverdue } from '#contract/work/standing.ts'
import { inScope } from '#server/modules/access/index.ts'
import { figuresOf } from '#server/modules/deadlines/index.ts'
import { type AreaScope, areaScope } from '#server/modules/divisions/index.ts'
import { type PolicyPack, sourceOf, valueInForce } from '#server/modules/policy/index.ts'
import { stripOf } from '#server/modules/registry/index.ts'
import { packOn } from '#server/modules/screening/index.ts'
import { type Actor, findRhythm } from '#server/modules/visits/index.ts'
import { AppError } from '#server/platform/errors.ts'
import type { HouseholdScope, RequestDeps } from '#server/platform/http/rpc.ts'
import {
  findPlanOf,
  listMeasures,
  listPlanMembers,
  listPlanRecords,
  type MeasureRecord,
  type MemberRecord,
  type PlanListRecord,
  type PlanRecord,
} from './queries.ts'
import { checksOf, suggest } from './rules.ts'

type ViewDeps = Pick<RequestDeps, 'database' | 'clock'>

/** The plan of a household of the scope, or null where it never needed one; `not-found` outside the scope. */
export async function getPlanOf(
  deps: ViewDeps,
  scope: HouseholdScope,
  me: Actor,
  ref: string,
): Promise<Plan | null> {
  const { db } = deps.database
  const record = await findPlanOf(db, scope, ref)
  if (record) return presentPlan(deps, scope, me, record)
  const { rows } = await sql`
    select from household h where h.ref = ${ref}::uuid
      and ${inScope(scope, { village: 'h.village', county: 'h.county', household: 'h.id' })}`.execute(db)
  if (rows.length === 0) throw new AppError('not-found', { what: 'household' })
  return null
}

export async function presentPlan(
  { database: { db }, clock }: ViewDeps,
  scope: HouseholdScope,
  me: Actor,
  record: PlanRecord,
): Promise<Plan> {
  const today = clock.today()
  const pack = packOn(today)
  const [measures, people, rhythm] = await Promise.all([
    listMeasures(db, record),
    listPlanMembers(db, record, today),
    findRhythm(db, record, today),
  ])
  const members = people.map((person) => ({
    ref: person.ref,
    name: person.name,
    concerns: concernsOf(person),
  }))
  const shown = measures.map(presentMeasure)
  const open = record.closedOn === null
  // What was opened by break-glass may be looked at and no more.
  const own = reach[me.role] === 'granted' || scope.grantee === null
  const { id, causes, openedOn, dueOn, firstMeasureDueOn, closedOn, labourMembers } = record
  return {
    ...{
      id,
      causes: [...causes],
      openedOn,
      dueOn,
      firstMeasureDueOn,
      closedOn,
      labourMembers,
      members,
      rhythm,
    },
    household: stripOf(record),
    labourless: labourMembers === 0,
    measures: shown,
    suggestions: open ? suggest(record, members, shown, pack.measures) : [],
    checks: open
      ? checksOf(record, today, pack.measures).map((check) => ({
          ...check,
          source: sourceOfCheck(pack, check, { today, causes, county: record.county }),
        }))
      : [],
    types: pack.measures.types.map((type) => ({ id: type.id, name: type.name, title: type.title })),
    monitoringLineFen: figuresOf(today, record.county).get('monitoringLine') ?? null,
    mayWrite: open && own && may(me.role, 'plan.write'),
  }
}

function concernsOf({ labour, health, ...person }: MemberRecord): Concern[] {
  const states = health === null ? [] : health.split(',')
  const concerns: [Concern, boolean][] = [
    ['ill', person.treated || states.includes('major') || states.includes('chronic')],
    ['disabled', person.certified || states.includes('disabled')],
    ['out-of-school', person.outOfSchool],
    ['student', person.studying && !person.outOfSchool],
    ['able', labour === 'ordinary' || labour === 'skilled'],
    ['weak', labour === 'weak'],
  ]
  return concerns.flatMap(([concern, is]) => (is ? [concern] : []))
}

function presentMeasure({
  person,
  personName,
  beforeOn,
  beforeIncomePerHeadFen,
  beforeOpenClues,
  afterOn,
  afterIncomePerHeadFen,
  afterOpenClues,
  ...measure
}: MeasureRecord): Measure {
  return {
    ...measure,
    person: person === null ? null : { ref: person, name: personName ?? '' },
    before: standingOf(beforeOn, beforeIncomePerHeadFen, beforeOpenClues),
    after: standingOf(afterOn, afterIncomePerHeadFen, afterOpenClues),
  }
}

function standingOf(
  on: string | null,
  netIncomePerHeadFen: number | null,
  openClues: number | null,
): Standing | null {
  return on === null ? null : { on, netIncomePerHeadFen, openClues: openClues ?? 0 }
}

/** Where a check is written: the limit of its days, the cause that is not met, or the check itself. */
function sourceOfCheck(
  pack: PolicyPack,
  { check, details }: Omit<PlanCheck, 'source'>,
  { today, causes, county }: { today: string; causes: PlanRecord['causes']; county: number },
): PlanCheck['source'] {
  const limits: Partial<Record<PlanCheckName, string>> = {
    'plan-in-time': 'planLimit',
    'first-measure': 'firstMeasureMonths',
  }
  const limit = limits[check]
  const parameter = limit && pack.parameters.get(limit)
  const uncovered = causes.find((cause) => details.causes?.split(',').includes(cause)) ?? causes[0]
  const written = parameter
    ? valueInForce(parameter, today, String(county * 1e6))
    : check === 'cause-covered'
      ? uncovered && pack.measures.causes.get(uncovered)
      : pack.measures.checks.get(check as 'guarantee-path')
  if (!written) throw new Error(`the policy does not say where ${check} is written`)
  return sourceOf(pack, written)
}

/** Open plans of an area of the scope, and how many of all of them lack what. */
export async function listPlans(
  { database: { db }, clock }: ViewDeps,
  scope: AreaScope,
  filter: { area?: number | undefined; lacking?: boolean | undefined; lack?: PlanCheckName | undefined },
  { page, size }: { page: number; size: number },
) {
  const { area, ...lacks } = filter
  const chosen = area === undefined ? scope : areaScope(area)
  const within = { ...scope, from: Math.max(scope.from, chosen.from), to: Math.min(scope.to, chosen.to) }
  const today = clock.today()
  const terms = packOn(today).measures
  const { rows, counts } = await listPlanRecords(
    db,
    { scope: within, today, terms, ...lacks },
    { limit: size, offset: (page - 1) * size },
  )
  const of = (name: PlanCheckName | 'all' | 'lacking') => counts.find(({ lack }) => lack === name)?.n ?? 0
  const [all, lacking] = [of('all'), of('lacking')]
  const found = counts.flatMap(({ lack, n }) => (lack === 'all' || lack === 'lacking' ? [] : [[lack, n]]))
  return {
    ...{ all, lacking, lacks: Object.fromEntries(found) },
    total: filter.lack ? of(filter.lack) : filter.lacking ? lacking : all,
    rows: rows.map((row) => presentRow(row, today, terms)),
  }
}

function presentRow(record: PlanListRecord, today: string, terms: PolicyPack['measures']): PlanRow {
  const { id, causes, openedOn, labourMembers, types, done, firstMeasureDueOn, lacks } = record
  return {
    ...{ plan: id, causes: [...causes], openedOn, done, firstMeasureDueOn, lacks },
    household: stripOf(record),
    labourless: labourMembers === 0,
    measures: types.length,
    // As the workbench has it: a measure that is planned ends the task, one that is begun fulfils the check.
    overdue: isOverdue({ dueOn: firstMeasureDueOn, isOpen: types.length === 0 }, today),
    due: checksOf(record, today, terms).filter(({ state }) => state === 'due').length,
  }
}
