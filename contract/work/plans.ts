import { z } from 'zod'
import { Cause, ChosenDay, Day, DivisionCode, Localized, Paging, Source } from '../common.ts'
import { HouseholdStrip } from '../registry/strip.ts'
import { route } from '../route.ts'

/** Kinds of help, as the national register has them. */
export const MeasureType = z.enum([
  'industry',
  'employment',
  'public-welfare-job',
  'finance',
  'compulsory-education',
  'education-aid',
  'health',
  'housing',
  'water',
  'relocation',
  'guarantee',
  'social-help',
  'living-conditions',
  'infrastructure',
])
export type MeasureType = z.infer<typeof MeasureType>

export const MeasureState = z.enum(['planned', 'under-way', 'done', 'cancelled'])
export type MeasureState = z.infer<typeof MeasureState>

/** Income and risk of the household on the day a measure began or ended. */
export const Standing = z.object({
  on: Day,
  /** With the fraction that a division leaves; null where no department has reported it. */
  netIncomePerHeadFen: z.number().nullable(),
  openClues: z.number().int(),
})
export type Standing = z.infer<typeof Standing>

export const PlanPerson = z.object({ ref: z.uuid(), name: z.string() })
export type PlanPerson = z.infer<typeof PlanPerson>

export const Measure = z.object({
  id: z.uuid(),
  type: MeasureType,
  title: z.string(),
  /** Null for the whole household. */
  person: PlanPerson.nullable(),
  responsible: z.string(),
  startsOn: Day,
  endsOn: Day.nullable(),
  moneyFen: z.number().int().nullable(),
  state: MeasureState,
  evidence: z.string(),
  effect: z.string(),
  /** Why it was cancelled. */
  reason: z.string().nullable(),
  before: Standing.nullable(),
  after: Standing.nullable(),
  madeBy: z.string(),
})
export type Measure = z.infer<typeof Measure>

/** In the order in which one mends them. */
export const planChecks = [
  'plan-in-time',
  'first-measure',
  'cause-covered',
  'development-measure',
  'guarantee-only',
  'guarantee-path',
] as const
export const PlanCheckName = z.enum(planChecks)
export type PlanCheckName = z.infer<typeof PlanCheckName>

/**
 * passed; due: not yet, and there is time; missing: it should be there. A check that does not concern the household is left out.
 * Details, as far as they are known: due, on (day it came about), causes (those that no measure meets, by comma), types (what would).
 */
export const PlanCheck = z.object({
  check: PlanCheckName,
  state: z.enum(['passed', 'due', 'missing']),
  details: z.record(z.string(), z.string()),
  source: Source,
})
export type PlanCheck = z.infer<typeof PlanCheck>

/** What about a member makes a measure fit; household: it is for all of them. */
export const Concern = z.enum(['ill', 'disabled', 'out-of-school', 'student', 'able', 'weak', 'household'])
export type Concern = z.infer<typeof Concern>

/** A measure the policy has for a cause, or for what the plan lacks; people choose. */
export const MeasureSuggestion = z.object({
  type: MeasureType,
  person: PlanPerson.nullable(),
  concern: Concern,
  title: Localized,
  because: z.enum(['cause', 'development', 'guarantee']),
  /** Causes it meets; empty for what the plan lacks otherwise. */
  causes: z.array(Cause),
})
export type MeasureSuggestion = z.infer<typeof MeasureSuggestion>

/** How often somebody looks in: red monitored, yellow with a worry, green otherwise. */
export const VisitRhythm = z.object({
  grade: z.enum(['red', 'yellow', 'green']),
  everyDays: z.number().int(),
  lastOn: Day.nullable(),
  /** Null where nobody was ever there, which is no lateness of its own. */
  dueOn: Day.nullable(),
  overdue: z.boolean(),
})
export type VisitRhythm = z.infer<typeof VisitRhythm>

export const Plan = z.object({
  id: z.uuid(),
  household: HouseholdStrip,
  causes: z.array(Cause),
  openedOn: Day,
  dueOn: Day,
  firstMeasureDueOn: Day,
  closedOn: Day.nullable(),
  /** Members able to work, weak ones included; null where nothing is known of any. */
  labourMembers: z.number().int().nullable(),
  /** Nobody in the household is able to work: it goes the way of guarantee. */
  labourless: z.boolean(),
  members: z.array(PlanPerson.extend({ concerns: z.array(Concern) })),
  measures: z.array(Measure),
  suggestions: z.array(MeasureSuggestion),
  checks: z.array(PlanCheck),
  /** Names of the kinds of help, as the policy has them. */
  types: z.array(z.object({ id: MeasureType, name: Localized, title: Localized })),
  monitoringLineFen: z.number().int().nullable(),
  rhythm: VisitRhythm.nullable(),
  mayWrite: z.boolean(),
})
export type Plan = z.infer<typeof Plan>

export const PlanRow = z.object({
  household: HouseholdStrip,
  plan: z.uuid(),
  causes: z.array(Cause),
  openedOn: Day,
  labourless: z.boolean(),
  /** Measures that were not cancelled, and how many of them are done. */
  measures: z.number().int(),
  done: z.number().int(),
  firstMeasureDueOn: Day,
  /** No measure has begun although one is due. */
  overdue: z.boolean(),
  lacks: z.array(PlanCheckName),
  /** Checks not passed yet, while there is time. */
  due: z.number().int(),
})
export type PlanRow = z.infer<typeof PlanRow>

export const MeasureInput = z.object({
  type: MeasureType,
  title: z.string().trim().min(1).max(120),
  person: z.uuid().nullable(),
  responsible: z.string().trim().min(1).max(40),
  startsOn: ChosenDay,
  endsOn: ChosenDay.nullable(),
  moneyFen: z.number().int().min(0).max(1e12).nullable(),
})
export type MeasureInput = z.infer<typeof MeasureInput>

export const MeasureChange = MeasureInput.partial().extend({
  state: MeasureState.optional(),
  /** What proves that it was done. */
  evidence: z.string().trim().max(500).optional(),
  /** What came of it. */
  effect: z.string().trim().max(500).optional(),
  /** Why it is cancelled. */
  reason: z.string().trim().max(300).optional(),
})
export type MeasureChange = z.infer<typeof MeasureChange>

export const plans = {
  list: route('GET', '/plans', 'case.read', 'Open plans of one’s area with what they lack')
    .input(
      z.object({
        area: DivisionCode.optional(),
        /** Only those that lack something now. */
        lacking: z.boolean().optional(),
        /** Only those that lack this. */
        lack: PlanCheckName.optional(),
        ...Paging,
      }),
    )
    .output(
      z.object({
        total: z.number().int(),
        rows: z.array(PlanRow),
        /** Open plans of the area, those that lack anything, and how many lack what. */
        all: z.number().int(),
        lacking: z.number().int(),
        lacks: z.record(z.string(), z.number().int()),
      }),
    ),
  get: route(
    'GET',
    '/households/{ref}/plan',
    'case.read',
    'Plan of a monitored household: suggestions, measures, checks; the last one once its risk is resolved',
  )
    .input(z.object({ ref: z.uuid() }))
    .output(z.object({ plan: Plan.nullable() })),
  add: route('POST', '/plans/{plan}/measures', 'plan.write', 'Add a measure for a person or the household')
    .input(
      MeasureInput.extend({
        plan: z.uuid(),
        /** It is under way already. */
        begun: z.boolean().default(false),
      }),
    )
    .output(Plan),
  change: route(
    'POST',
    '/measures/{id}',
    'plan.write',
    'Change a measure: begin it, end it with evidence and effect, or cancel it with a reason',
  )
    .input(MeasureChange.extend({ id: z.uuid() }))
    .output(Plan),
}
