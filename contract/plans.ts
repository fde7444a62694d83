import { z } from 'zod'
import { HouseholdStrip } from './clues.ts'
import { Cause, Day, DivisionCode, Localized, Paging, Source } from './common.ts'
import { route } from './route.ts'

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

/** Income and risk of the household on a day. */
const Standing = z.object({
  on: Day,
  netIncomePerHeadFen: z.number().int().nullable(),
  openClues: z.number().int(),
})

export const Measure = z.object({
  id: z.uuid(),
  type: MeasureType,
  title: z.string(),
  person: z.object({ ref: z.uuid(), name: z.string() }).nullable(),
  responsible: z.string(),
  startsOn: Day,
  endsOn: Day.nullable(),
  moneyFen: z.number().int().nullable(),
  state: MeasureState,
  evidence: z.string(),
  effect: z.string(),
  before: Standing.nullable(),
  after: Standing.nullable(),
  madeBy: z.string(),
})
export type Measure = z.infer<typeof Measure>

export const planChecks = [
  'first-measure',
  'development-measure',
  'guarantee-only',
  'guarantee-path',
  'cause-covered',
  'plan-in-time',
] as const
/** A check of the plan that holds or not, with the values of its sentence. */
export const PlanCheck = z.object({
  check: z.enum(planChecks),
  holds: z.boolean(),
  details: z.record(z.string(), z.string()),
  source: Source,
})
export type PlanCheck = z.infer<typeof PlanCheck>

export const MeasureSuggestion = z.object({
  type: MeasureType,
  /** Person it would be for; null for the household. */
  person: z.object({ ref: z.uuid(), name: z.string() }).nullable(),
  title: Localized,
  why: Localized,
  cause: Cause,
})
export type MeasureSuggestion = z.infer<typeof MeasureSuggestion>

export const Plan = z.object({
  id: z.uuid(),
  household: HouseholdStrip,
  causes: z.array(Cause),
  openedOn: Day,
  dueOn: Day,
  firstMeasureDueOn: Day,
  closedOn: Day.nullable(),
  /** Nobody in the household is able to work. */
  labourless: z.boolean(),
  labourMembers: z.number().int().nullable(),
  measures: z.array(Measure),
  suggestions: z.array(MeasureSuggestion),
  checks: z.array(PlanCheck),
  mayWrite: z.boolean(),
})
export type Plan = z.infer<typeof Plan>

const MeasureInput = z.object({
  type: MeasureType,
  title: z.string().trim().min(1).max(120),
  person: z.uuid().nullable(),
  responsible: z.string().trim().min(1).max(40),
  startsOn: Day,
  endsOn: Day.nullable(),
  moneyFen: z.number().int().min(0).max(1e12).nullable(),
})

export const plans = {
  list: route('GET', '/plans', 'case.read', 'Plans of one’s area with what they lack')
    .input(
      z.object({
        area: DivisionCode.optional(),
        /** Only those with no measure although one is due. */
        lacking: z.boolean().optional(),
        ...Paging,
      }),
    )
    .output(
      z.object({
        total: z.number().int(),
        rows: z.array(
          z.object({
            household: HouseholdStrip,
            plan: z.uuid(),
            causes: z.array(Cause),
            measures: z.number().int(),
            firstMeasureDueOn: Day,
            overdue: z.boolean(),
          }),
        ),
      }),
    ),
  get: route(
    'GET',
    '/households/{ref}/plan',
    'case.read',
    'Plan of a monitored household: suggestions, measures, checks',
  )
    .input(z.object({ ref: z.uuid() }))
    .output(Plan.nullable()),
  add: route('POST', '/plans/{plan}/measures', 'plan.write', 'Add a measure for a person or the household')
    .input(MeasureInput.extend({ plan: z.uuid() }))
    .output(Plan),
  change: route(
    'POST',
    '/measures/{id}',
    'plan.write',
    'Change a measure: begin it, end it with evidence and effect, or cancel it with a reason',
  )
    .input(
      MeasureInput.partial().extend({
        id: z.uuid(),
        state: MeasureState.optional(),
        evidence: z.string().trim().max(500).optional(),
        effect: z.string().trim().max(500).optional(),
        reason: z.string().trim().max(300).optional(),
      }),
    )
    .output(Plan),
}
