import { z } from 'zod'
import { Cause, ChosenDay, Day, DivisionCode, Localized, Paging, RiskLevel, Source } from '../common.ts'
import { HouseholdCategory } from '../registry/households.ts'
import { HouseholdStrip } from '../registry/strip.ts'
import { route } from '../route.ts'
import { AuthorisationScope } from './authorisation.ts'

/** identification ends in a monitored spell, resolution ends it. */
export const CaseKind = z.enum(['identification', 'resolution'])
export type CaseKind = z.infer<typeof CaseKind>

/** Every step in its order; a resolution has no authorisation and no comparison. */
export const caseSteps = [
  'verify',
  'authorise',
  'compare',
  'review',
  'publicity',
  'township-audit',
  'county-approval',
  'announce',
  'enter',
] as const
export const CaseStep = z.enum(caseSteps)
export type CaseStep = z.infer<typeof CaseStep>

/** running; entered: done and marked; dropped: ended on the way with a reason; refused: by township or county. */
export const CaseState = z.enum(['running', 'entered', 'dropped', 'refused'])
export type CaseState = z.infer<typeof CaseState>

/** What stands in the way of a step: the closed list of guards. */
export const guards = [
  'step-order',
  'no-authorisation',
  'adult-unsigned',
  'comparison-missing',
  'flags-unexplained',
  'flags-undecided',
  'flags-veto',
  'quorum',
  'majority',
  'publicity-days',
  'open-objection',
  'same-person',
  'account-tied',
  'kin-undeclared',
  'two-visitors',
  'months-since',
  'income-line',
  'income-unknown',
  'line-unset',
  'insurance',
  'insurance-unknown',
  'dropout',
  'school-unknown',
  'dwelling',
  'dwelling-unknown',
  'water',
  'water-unknown',
  'no-measure',
  'measure-unfinished',
  'open-clue',
  'guaranteed',
  'visit-missing',
  'visit-problem',
  'members-left',
  'late-unexplained',
  'day-wrong',
  'case-paused',
  'case-ended',
] as const
export const Guard = z.enum(guards)
export type Guard = z.infer<typeof Guard>

/** Conditions on the household itself: not needed for a refusal. */
export const householdGuards: readonly Guard[] = [
  'flags-veto',
  'months-since',
  'income-line',
  'income-unknown',
  'line-unset',
  'insurance',
  'insurance-unknown',
  'dropout',
  'school-unknown',
  'dwelling',
  'dwelling-unknown',
  'water',
  'water-unknown',
  'no-measure',
  'measure-unfinished',
  'open-clue',
  'guaranteed',
  'visit-missing',
  'visit-problem',
]

/** One condition of the next step: whether it passed, and the values of its sentence. */
export const GuardCheck = z.object({
  guard: Guard,
  passed: z.boolean(),
  details: z.record(z.string(), z.string()),
})
export type GuardCheck = z.infer<typeof GuardCheck>

export const CaseRow = z.object({
  id: z.uuid(),
  kind: CaseKind,
  household: HouseholdStrip,
  causes: z.array(Cause),
  category: HouseholdCategory.nullable(),
  state: CaseState,
  /** What is to be done next; null once ended. */
  step: CaseStep.nullable(),
  openedOn: Day,
  dueOn: Day.nullable(),
  /** Last day for the whole of it. */
  totalDueOn: Day,
  overdue: z.boolean(),
  greenChannel: z.boolean(),
  paused: z.boolean(),
})
export type CaseRow = z.infer<typeof CaseRow>

/** A finding of the check list: flag, explanation by the village, decision of the county. */
export const ComparisonFlag = z.object({
  id: z.uuid(),
  item: z.string(),
  title: Localized,
  source: Source,
  /** What the department said, and from where. */
  person: z.string().nullable(),
  text: Localized,
  fileName: z.string().nullable(),
  /** Sheet of the row, where the file is of several. */
  sheet: z.string().nullable(),
  rowNo: z.number().int().nullable(),
  veto: z.boolean(),
  explanation: z.string().nullable(),
  explainedBy: z.string().nullable(),
  decision: z.enum(['accepted', 'barred']).nullable(),
  decisionReason: z.string().nullable(),
  decidedBy: z.string().nullable(),
})
export type ComparisonFlag = z.infer<typeof ComparisonFlag>

export const Objection = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  by: z.string(),
  text: z.string(),
  outcome: z.enum(['upheld', 'dismissed']).nullable(),
  finding: z.string().nullable(),
  answeredBy: z.string().nullable(),
  dueOn: Day,
  /** Recorded by the requester, so that somebody else answers it. */
  mine: z.boolean(),
})

export const CaseStepEntry = z.object({
  step: CaseStep,
  at: z.iso.datetime(),
  by: z.string(),
  /** What the step holds, as texts: numbers of a review, days of a publicity, opinion, reason. */
  details: z.record(z.string(), z.string()),
  result: z.enum(['done', 'sent-back', 'refused', 'dropped', 'paused', 'resumed', 'green-channel']),
})

export const Case = CaseRow.extend({
  clues: z.array(z.object({ id: z.uuid(), cause: Cause, level: RiskLevel, why: Localized })),
  visit: z.uuid().nullable(),
  entries: z.array(CaseStepEntry),
  flags: z.array(ComparisonFlag),
  comparedAt: z.iso.datetime().nullable(),
  /** Sources without any data yet: the comparison covers nothing of them. */
  silentSources: z.array(Localized),
  objections: z.array(Objection),
  publicity: z.object({ from: Day, to: Day, place: z.string() }).nullable(),
  authorisedScopes: z.array(AuthorisationScope),
  /** Members who sign the authorisation: every adult. */
  signers: z.array(z.object({ ref: z.uuid(), name: z.string(), age: z.number().int().nullable() })),
  /** Every guard of the next step for the requester. */
  checks: z.array(GuardCheck),
  /** The role and place that has the next step. */
  responsible: z.object({ role: z.string(), place: z.string() }).nullable(),
  mayAct: z.boolean(),
  /** The one who acts bears the surname of somebody of the household. */
  sameSurname: z.boolean(),
  /** Policy the case runs under. */
  policy: z.object({ id: z.string(), title: Localized }),
})
export type Case = z.infer<typeof Case>

const reason = z.string().trim().min(1).max(500)

/** What each step takes. */
export const StepInput = z.discriminatedUnion('step', [
  z.object({
    step: z.literal('authorise'),
    /** Adult members who signed. */
    signatories: z.array(z.uuid()).min(1).max(20),
    scopes: z.array(AuthorisationScope).min(1),
    signedOn: ChosenDay,
  }),
  z.object({ step: z.literal('compare') }),
  z.object({
    step: z.literal('review'),
    meetingOn: ChosenDay,
    due: z.number().int().min(1).max(500),
    present: z.number().int().min(0).max(500),
    agreed: z.number().int().min(0).max(500),
    minutes: z.string().trim().max(2000).default(''),
    notKin: z.boolean().optional(),
  }),
  z.object({ step: z.literal('publicity'), from: ChosenDay, place: z.string().trim().min(1).max(100) }),
  z.object({
    step: z.literal('township-audit'),
    agree: z.boolean(),
    opinion: reason,
    notKin: z.boolean().default(false),
  }),
  z.object({
    step: z.literal('county-approval'),
    agree: z.boolean(),
    opinion: reason,
    category: HouseholdCategory.extract(['unstable', 'marginal', 'sudden-hardship']).optional(),
    notKin: z.boolean().default(false),
    /** Why it comes after the last day for the whole; required only then. */
    lateReason: z.string().trim().max(500).optional(),
  }),
  z.object({ step: z.literal('announce'), on: ChosenDay, place: z.string().trim().min(1).max(100) }),
  z.object({ step: z.literal('enter'), mark: z.string().trim().max(60).default('') }),
])
export type StepInput = z.infer<typeof StepInput>

/** Nobody of a household is left: they died, moved away, or became part of another. */
export const NaturalGrounds = z.enum(['died-out', 'moved-away', 'merged'])
export type NaturalGrounds = z.infer<typeof NaturalGrounds>

const ref = { id: z.uuid() }
export const cases = {
  list: route('GET', '/cases', 'case.read', 'Identification and resolution cases of one’s area')
    .input(
      z.object({
        area: DivisionCode.optional(),
        kind: CaseKind.optional(),
        state: z.array(CaseState).optional(),
        step: z.array(CaseStep).optional(),
        overdue: z.boolean().optional(),
        household: z.uuid().optional(),
        ...Paging,
      }),
    )
    .output(
      z.object({
        total: z.number().int(),
        rows: z.array(CaseRow),
        /** Running cases by the step they stand at, over the same filter without the step. */
        steps: z.record(z.string(), z.number().int()),
      }),
    ),
  get: route('GET', '/cases/{id}', 'case.read', 'One case: steps, guards, comparison, objections')
    .input(z.object(ref))
    .output(Case),
  step: route(
    'POST',
    '/cases/{id}/step',
    'case.act',
    'Do the next step; refused with the guard that has not passed',
  )
    .input(z.object({ ...ref, input: StepInput }))
    .output(Case),
  explainFlag: route(
    'POST',
    '/cases/{id}/flags/{flag}/explain',
    'case.act',
    'Say how a finding of the check list came about',
  )
    .input(z.object({ ...ref, flag: z.uuid(), explanation: reason }))
    .output(Case),
  decideFlag: route(
    'POST',
    '/cases/{id}/flags/{flag}/decide',
    'case.act',
    'Whether a finding bars the household; by the county',
  )
    .input(z.object({ ...ref, flag: z.uuid(), decision: z.enum(['accepted', 'barred']), reason }))
    .output(Case),
  object: route(
    'POST',
    '/cases/{id}/objections',
    'case.act',
    'Take down an objection while the list hangs out',
  )
    .input(z.object({ ...ref, by: z.string().trim().min(1).max(60), text: reason }))
    .output(Case),
  answerObjection: route(
    'POST',
    '/cases/{id}/objections/{objection}',
    'case.act',
    'Answer an objection; upheld sends the case back to the review',
  )
    .input(
      z.object({ ...ref, objection: z.uuid(), outcome: z.enum(['upheld', 'dismissed']), finding: reason }),
    )
    .output(Case),
  drop: route('POST', '/cases/{id}/drop', 'case.act', 'End a case on the way, with a reason')
    .input(z.object({ ...ref, reason }))
    .output(Case),
  pause: route('POST', '/cases/{id}/pause', 'case.act', 'Stop the clock, with a reason; or let it run again')
    .input(z.object({ ...ref, pause: z.boolean(), reason }))
    .output(Case),
  greenChannel: route('POST', '/cases/{id}/green-channel', 'case.act', 'Help first, papers after')
    .input(z.object({ ...ref, reason }))
    .output(Case),
  resolve: route(
    'POST',
    '/cases/resolutions',
    'case.act',
    'Open the resolution of a monitored household; or say why it cannot be',
  )
    .input(
      z.object({
        household: z.uuid(),
        /** natural: the household died out, moved away or merged. */
        way: z.enum(['helped', 'natural']),
        /** What ended a risk by itself; with `natural` only. */
        grounds: NaturalGrounds.optional(),
        reason: z.string().trim().max(500).default(''),
        /** Only the guards, nothing opened. */
        dryRun: z.boolean().default(false),
      }),
    )
    .output(z.object({ checks: z.array(GuardCheck), case: z.uuid().nullable() })),
  /** Masked lists to hang out: one page a village. */
  publicList: route(
    'GET',
    '/cases/public-list',
    'case.read',
    'Households whose publicity or announcement is due, masked for the notice board',
  )
    .input(
      z.object({ area: DivisionCode.optional(), kind: CaseKind, step: z.enum(['publicity', 'announce']) }),
    )
    .output(
      z.object({
        from: Day,
        to: Day,
        hotline: z.string(),
        villages: z.array(
          z.object({
            village: z.string(),
            township: z.string(),
            county: z.string(),
            /** From the first household that hangs out, or today, until the last one may come down. */
            from: Day,
            to: Day,
            place: z.string().nullable(),
            rows: z.array(
              z.object({
                id: z.uuid(),
                headName: z.string(),
                idNumber: z.string(),
                group: z.string().nullable(),
                members: z.number().int(),
                cause: Cause,
                category: HouseholdCategory.nullable(),
              }),
            ),
          }),
        ),
      }),
    ),
}
