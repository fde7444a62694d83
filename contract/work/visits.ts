import { z } from 'zod'
import { Cause, ChosenDay, ChosenInstant, Day, Department, Localized, Paging, RiskLevel } from '../common.ts'
import { IncomeWindow, Member } from '../registry/households.ts'
import { HouseholdStrip } from '../registry/strip.ts'
import { route } from '../route.ts'
import { dueVisits } from './due-visits.ts'
import { Signature, VisitPosition } from './visit-proof.ts'

/** verify: clues are looked into; routine: the rhythm of the grade; resolve: before a resolution; track: after one. */
export const VisitPurpose = z.enum(['verify', 'routine', 'resolve', 'track'])
export type VisitPurpose = z.infer<typeof VisitPurpose>

/** planned: somebody is to go; reported: they were there, and somebody else decides; settled: decided; cancelled: not needed. */
export const VisitState = z.enum(['planned', 'reported', 'decided', 'cancelled'])
export type VisitState = z.infer<typeof VisitState>

/** The two assurances, three guarantees and water, then what a household lives on. */
export const visitItems = [
  'food',
  'clothing',
  'education',
  'medical',
  'housing',
  'water',
  'income',
  'spending',
  'self-help',
] as const
export const VisitItemKey = z.enum(visitItems)
export type VisitItemKey = z.infer<typeof VisitItemKey>
export const VisitItemResult = z.enum(['good', 'problem', 'not-concerned'])

export const VisitItem = z.object({
  item: VisitItemKey,
  result: VisitItemResult,
  note: z.string().trim().max(300).default(''),
})
export type VisitItem = z.infer<typeof VisitItem>

/** What the visitors propose for a clue; another person decides. */
export const ClueOutcome = z.enum(['confirm', 'exclude', 'solved'])
export type ClueOutcome = z.infer<typeof ClueOutcome>

/** Why there is no risk after all. `other` needs words. */
export const ExcludeReason = z.enum([
  'fact-wrong',
  'cost-reimbursed',
  'income-sufficient',
  'supported-by-kin',
  'already-helped',
  'not-resident',
  'other',
])
export type ExcludeReason = z.infer<typeof ExcludeReason>

/** What shows that a department solved it: which, when, and the paper or record that says so. */
export const SolvedProof = z.object({
  department: Department,
  doneOn: ChosenDay,
  document: z.string().trim().min(1).max(100),
})
export type SolvedProof = z.infer<typeof SolvedProof>

export const ClueFinding = z.object({
  clue: z.uuid(),
  outcome: ClueOutcome,
  reason: ExcludeReason.nullable().default(null),
  /** What was seen; for `solved` what the department did. */
  note: z.string().trim().max(500).default(''),
  /** With `solved`, which is nothing without it. */
  proof: SolvedProof.nullable().default(null),
})
export type ClueFinding = z.infer<typeof ClueFinding>

/** What was found at the household. Made on the spot, often without a network: `report` is made on the device and identifies a repeat. */
export const VisitReport = z.object({
  report: z.uuid(),
  /** By the device's clock, which may be wrong; the server keeps its own beside it. */
  startedAt: ChosenInstant,
  endedAt: ChosenInstant,
  secondVisitor: z.string().trim().min(1).max(40),
  /** Member who was met; null where nobody was at home. */
  met: z.uuid().nullable(),
  items: z.array(VisitItem).min(1).max(visitItems.length),
  /** As the household states it; 分 a head in twelve months. Null: nothing else than what is known. */
  incomePerHeadFen: z.number().int().min(0).max(1e9).nullable(),
  rigidSpendingFen: z.number().int().min(0).max(1e10).nullable(),
  findings: z.array(ClueFinding).max(12),
  /** Risks found that no clue speaks of yet; each becomes a clue. */
  newRisks: z
    .array(z.object({ cause: Cause, note: z.string().trim().min(1).max(300) }))
    .max(5)
    .default([]),
  remark: z.string().trim().max(1000).default(''),
  position: VisitPosition.nullable(),
  photos: z.array(z.uuid()).max(12),
  signatures: z.array(Signature).max(3),
})
export type VisitReport = z.infer<typeof VisitReport>

export const VisitRow = z.object({
  id: z.uuid(),
  household: HouseholdStrip,
  groupName: z.string().nullable(),
  purpose: VisitPurpose,
  state: VisitState,
  /** Worst level of the clues it looks into. */
  level: RiskLevel.nullable(),
  clues: z.array(z.object({ id: z.uuid(), cause: Cause, level: RiskLevel, why: Localized })),
  dueOn: Day,
  overdue: z.boolean(),
  /** Who goes; `mine` where that is oneself. */
  visitor: z.object({ name: z.string(), mine: z.boolean() }),
  /** Counts up with every change; a report names the one it was made on. */
  version: z.number().int(),
})
export type VisitRow = z.infer<typeof VisitRow>

/** What is known already and therefore shown, not asked of the household again. */
export const HouseholdCard = z.object({
  phone: z.string().nullable(),
  members: z.array(Member),
  income: IncomeWindow.nullable(),
  /** Newest fact of each kind in one line. */
  facts: z.array(z.object({ feed: z.string(), name: Localized, date: Day.nullable(), text: Localized })),
  monitoringLineFen: z.number().int().nullable(),
  lastVisitOn: Day.nullable(),
})
export type HouseholdCard = z.infer<typeof HouseholdCard>

export const StoredPhoto = z.object({
  id: z.uuid(),
  size: z.number().int(),
  /** Bytes that have arrived; equal to `size` once it is whole. */
  received: z.number().int(),
})

export const Visit = VisitRow.extend({
  card: HouseholdCard,
  report: VisitReport.extend({
    reportedAt: z.iso.datetime(),
    by: z.string(),
    /** Hours the device's clock was ahead of the server's. */
    clockAheadHours: z.number(),
  }).nullable(),
  photos: z.array(StoredPhoto),
  /** What was decided clue by clue, once it was. */
  decided: z
    .object({
      by: z.string(),
      at: z.iso.datetime(),
      decisions: z.array(ClueFinding),
      /** The identification that a confirmed clue belongs to. */
      case: z.uuid().nullable(),
    })
    .nullable(),
  /** Why it was called off, or is to be made once more. */
  closedNote: z.string().nullable(),
  /** Whoever was there may not decide. */
  mayDecide: z.boolean(),
  mayReport: z.boolean(),
})
export type Visit = z.infer<typeof Visit>

export const visits = {
  list: route('GET', '/visits', 'visit.read', 'Visits of one’s area, or one’s own')
    .input(
      z.object({
        mine: z.boolean().optional(),
        household: z.uuid().optional(),
        state: z.array(VisitState).optional(),
        overdue: z.boolean().optional(),
        ...Paging,
      }),
    )
    .output(z.object({ total: z.number().int(), rows: z.array(VisitRow) })),
  get: route('GET', '/visits/{id}', 'visit.read', 'One visit with what is known of the household')
    .input(z.object({ id: z.uuid() }))
    .output(Visit),
  ...dueVisits,
  /** People who may be sent, who already visits the household first, with what they have to do this week. */
  visitors: route(
    'GET',
    '/visits/visitors',
    'visit.assign',
    'Who may be sent to a household, named by itself or by one of its clues',
    'none',
  )
    .input(z.object({ clue: z.uuid().optional(), household: z.uuid().optional() }))
    .output(
      z.object({
        weekly: z.number().int(),
        visitors: z.array(
          z.object({
            id: z.string(),
            name: z.string(),
            role: z.string(),
            /** Helps this household already. */
            knows: z.boolean(),
            /** Visits due within seven days. */
            planned: z.number().int(),
          }),
        ),
      }),
    ),
  assign: route(
    'POST',
    '/visits/assign',
    'visit.assign',
    'Send a named person to the households of clues; one visit a household',
  )
    .input(
      z.object({
        clues: z.array(z.uuid()).min(1).max(200),
        visitor: z.string().max(64),
        dueOn: ChosenDay.optional(),
        /** More than the weekly budget only with a reason. */
        reason: z.string().trim().max(300).default(''),
        dryRun: z.boolean().default(false),
      }),
    )
    .output(
      z.object({
        visits: z.number().int(),
        clues: z.number().int(),
        skipped: z.number().int(),
        dueOn: Day,
        planned: z.number().int(),
        weekly: z.number().int(),
      }),
    ),
  plan: route(
    'POST',
    '/visits',
    'visit.assign',
    'Plan a visit without a clue: routine, before a resolution, or tracking',
  )
    .input(
      z.object({
        household: z.uuid(),
        purpose: VisitPurpose.exclude(['verify']),
        visitor: z.string().max(64),
        dueOn: ChosenDay,
        /** More than the weekly budget only with a reason. */
        reason: z.string().trim().max(300).default(''),
      }),
    )
    .output(VisitRow),
  report: route(
    'POST',
    '/visits/{id}/report',
    'visit.report',
    'Hand in what was found; the same report twice counts once',
  )
    .input(
      VisitReport.extend({
        id: z.uuid(),
        /** Version the report was made on; `visit-changed` with the present one when it is older. */
        version: z.number().int(),
      }),
    )
    .output(Visit),
  decide: route(
    'POST',
    '/visits/{id}/decide',
    'visit.decide',
    'Decide what was found; never by who was there',
  )
    .input(
      z.object({
        id: z.uuid(),
        /** Clue by clue; an outcome unlike the visitors’ needs words. */
        decisions: z.array(ClueFinding).max(12),
        /** Help first, papers after; with the reason. */
        greenChannel: z.string().trim().max(300).optional(),
        /** Send the visitors again instead, with the reason. */
        again: z.string().trim().max(300).optional(),
      }),
    )
    .output(Visit),
  cancel: route('POST', '/visits/{id}/cancel', 'visit.assign', 'Call a visit off, with a reason')
    .input(z.object({ id: z.uuid(), reason: z.string().trim().min(1).max(300) }))
    .output(VisitRow),
}
