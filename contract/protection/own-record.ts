import { z } from 'zod'
import { Cause, Day, Department, Division, Localized, Paging, RiskLevel } from '../common.ts'
import { RiskStatus } from '../registry/categories.ts'
import { FactGroup, HouseholdCategory, IncomeWindow, Member } from '../registry/households.ts'
import { route } from '../route.ts'
import { AuthorisationScope } from '../work/authorisation.ts'
import { CaseKind, CaseState } from '../work/cases.ts'
import { ClueState } from '../work/clues.ts'
import { MeasureState, MeasureType } from '../work/plans.ts'
import { VisitItem, VisitPurpose, VisitState } from '../work/visits.ts'

export { AuthorisationScope }

export const Authorisation = z.object({
  scope: AuthorisationScope,
  consent: z.boolean(),
  /** Since when it is so; null where the household never answered. */
  since: z.iso.datetime().nullable(),
  by: z.string().nullable(),
  /** online, or paper: a cadre recorded the signed form. */
  way: z.enum(['online', 'paper']).nullable(),
  /** Version of the text that was agreed to. */
  text: z.string().nullable(),
})
export type Authorisation = z.infer<typeof Authorisation>

export const CorrectionState = z.enum(['open', 'proposed', 'corrected', 'declined', 'forwarded'])
export type CorrectionState = z.infer<typeof CorrectionState>
export const CorrectionOutcome = z.enum(['corrected', 'declined', 'forwarded'])

export const Correction = z.object({
  id: z.uuid(),
  household: z.object({ ref: z.uuid(), headName: z.string(), village: Division }),
  /** Feed the wrong fact came by; null where the household did not state it. */
  feed: z.string().nullable(),
  department: Department.nullable(),
  /** What is wrong, in the household's words. */
  what: z.string(),
  current: z.string(),
  wanted: z.string(),
  explanation: z.string(),
  state: CorrectionState,
  openedAt: z.iso.datetime(),
  dueOn: Day,
  overdue: z.boolean(),
  assignee: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** What one person proposed and another confirmed or sent back. */
  steps: z.array(
    z.object({
      at: z.iso.datetime(),
      by: z.string(),
      kind: z.enum(['opened', 'assigned', 'proposed', 'confirmed', 'sent-back']),
      outcome: CorrectionOutcome.nullable(),
      text: z.string(),
    }),
  ),
  mayPropose: z.boolean(),
  /** False for whoever proposed it. */
  mayConfirm: z.boolean(),
})
export type Correction = z.infer<typeof Correction>

/** Somebody looked at the household's data. */
export const Look = z.object({
  at: z.iso.datetime(),
  /** Name with only the surname shown, role and area. */
  who: z.object({ name: z.string(), role: z.string(), area: Division.nullable() }),
  action: z.string(),
  purpose: z.string().nullable(),
})

/** What was done about the household, as it is kept; the newest first. Open clues stand in the record itself. */
export const OwnWork = z.object({
  clues: z.array(z.object({ cause: Cause, state: ClueState, openedOn: Day, closedOn: Day })),
  visits: z.array(
    z.object({
      purpose: VisitPurpose,
      state: VisitState,
      /** Day of the report. */
      on: Day,
      items: z.array(VisitItem),
      incomePerHeadFen: z.number().int().nullable(),
      rigidSpendingFen: z.number().int().nullable(),
      remark: z.string(),
      /** What is kept of it beside the findings. */
      photos: z.number().int(),
      signed: z.boolean(),
      located: z.boolean(),
    }),
  ),
  cases: z.array(
    z.object({
      kind: CaseKind,
      state: CaseState,
      openedOn: Day,
      closedOn: Day.nullable(),
      category: HouseholdCategory.nullable(),
    }),
  ),
  measures: z.array(
    z.object({
      type: MeasureType,
      title: z.string(),
      state: MeasureState,
      startsOn: Day,
      endsOn: Day.nullable(),
      moneyFen: z.number().int().nullable(),
      effect: z.string(),
    }),
  ),
  spells: z.array(
    z.object({ category: HouseholdCategory, risk: RiskStatus, fromOn: Day, untilOn: Day.nullable() }),
  ),
})
export type OwnWork = z.infer<typeof OwnWork>

/** Everything on record about the requesting household. */
export const OwnRecord = z.object({
  ref: z.uuid(),
  householdNo: z.string(),
  headName: z.string(),
  village: Division,
  township: Division,
  county: Division,
  phone: z.string().nullable(),
  members: z.array(Member),
  income: z.array(IncomeWindow),
  facts: z.array(FactGroup),
  clues: z.array(
    z.object({
      cause: Cause,
      level: RiskLevel,
      openedOn: Day,
      state: z.string(),
      why: Localized,
      /** What happens next, in plain words. */
      next: Localized,
    }),
  ),
  work: OwnWork,
  /** Newest first, at most 200. */
  looks: z.array(Look),
  authorisations: z.array(Authorisation),
  /** What one agrees to, in the version that counts now. */
  /** `{items}` in it stands for what is agreed to. */
  authorisationText: z.object({ version: z.string(), text: Localized }),
  corrections: z.array(Correction),
  /** Whom to call. */
  contact: z.object({ office: Division, hotline: z.string() }),
})
export type OwnRecord = z.infer<typeof OwnRecord>

export const ownRecord = {
  get: route(
    'GET',
    '/own-record',
    'own-record.read',
    'What is on record about one’s own household, its sources, and who looked',
  ).output(OwnRecord),
  correct: route(
    'POST',
    '/own-record/corrections',
    'own-record.read',
    'Say that something is wrong; opens a task',
  )
    .input(
      z.object({
        feed: z.string().max(60).optional(),
        what: z.string().trim().min(1).max(200),
        current: z.string().trim().max(200).default(''),
        wanted: z.string().trim().min(1).max(200),
        explanation: z.string().trim().max(1000).default(''),
      }),
    )
    .output(Correction),
  authorise: route(
    'POST',
    '/own-record/authorisations',
    'own-record.read',
    'Give or withdraw the authorisation to compare',
  )
    .input(z.object({ scopes: z.array(AuthorisationScope).min(1), consent: z.boolean() }))
    .output(z.array(Authorisation)),
}

export const corrections = {
  list: route('GET', '/corrections', 'correction.handle', 'Corrections requested by households of one’s area')
    .input(
      z.object({
        state: z.array(CorrectionState).optional(),
        mine: z.boolean().optional(),
        overdue: z.boolean().optional(),
        ...Paging,
      }),
    )
    .output(z.object({ total: z.number().int(), rows: z.array(Correction) })),
  get: route('GET', '/corrections/{id}', 'correction.handle', 'One correction with its steps')
    .input(z.object({ id: z.uuid() }))
    .output(Correction),
  assign: route(
    'POST',
    '/corrections/{id}/assign',
    'correction.handle',
    'Give it to one person, or take it oneself',
  )
    .input(z.object({ id: z.uuid(), account: z.string().max(64).optional() }))
    .output(Correction),
  propose: route('POST', '/corrections/{id}/propose', 'correction.handle', 'Say how it should end')
    .input(
      z.object({ id: z.uuid(), outcome: CorrectionOutcome, explanation: z.string().trim().min(1).max(1000) }),
    )
    .output(Correction),
  confirm: route(
    'POST',
    '/corrections/{id}/confirm',
    'correction.handle',
    'Confirm or send back what another proposed',
  )
    .input(z.object({ id: z.uuid(), agree: z.boolean(), reason: z.string().trim().max(500).default('') }))
    .output(Correction),
  authorise: route(
    'POST',
    '/households/{ref}/authorisations',
    'correction.handle',
    'Record a signed paper authorisation',
  )
    .input(
      z.object({
        ref: z.uuid(),
        scopes: z.array(AuthorisationScope).min(1),
        consent: z.boolean(),
        note: z.string().trim().max(200).default(''),
      }),
    )
    .output(z.array(Authorisation)),
}
