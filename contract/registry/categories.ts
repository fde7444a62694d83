import { z } from 'zod'
import { Cause, ChosenDay, Day, Division, DivisionCode, Localized, Paging, Source } from '../common.ts'
import { route } from '../route.ts'
import { HouseholdCategory } from './households.ts'
import { HouseholdStrip } from './strip.ts'

/** none: not monitored; open: monitored; resolved: was monitored, the risk is gone, still tracked. */
export const RiskStatus = z.enum(['none', 'open', 'resolved'])
export type RiskStatus = z.infer<typeof RiskStatus>

/** How closely a household is looked after: red monitored; yellow lifted with an open clue, or tracked after a risk; green others lifted. */
export const ManagementGrade = z.enum(['red', 'yellow', 'green'])
export type ManagementGrade = z.infer<typeof ManagementGrade>

/** Why a spell begins or ends. */
export const SpellChange = z.enum([
  'first-record',
  'registry',
  'moved',
  'identified',
  'reopened',
  'cause-added',
  'resolved',
  'natural',
  'left',
  're-entered',
])
export type SpellChange = z.infer<typeof SpellChange>

const count = z.number().int()
const byChange = z.partialRecord(SpellChange, count)

/** One line of a reconciliation, in households: before + what came in − what went out = after. */
export const Movement = z.object({
  category: HouseholdCategory,
  risk: RiskStatus,
  before: count,
  in: byChange,
  out: byChange,
  after: count,
})
export type Movement = z.infer<typeof Movement>

/** Households of a management grade, and within how many days each is to be visited. */
const Grade = z.object({ grade: ManagementGrade, households: count, visitEveryDays: count })

/** Share of the monitored in the registered persons, in basis points, against the limits of scale; low: perhaps some were missed. */
export const ScaleSignal = z.enum(['none', 'low', 'amber', 'red'])
export type ScaleSignal = z.infer<typeof ScaleSignal>

export const CategorySummary = z.object({
  area: Division,
  path: z.array(Division),
  on: Day,
  policy: z.object({ id: z.string(), title: Localized }),
  rows: z.array(
    z.object({
      area: Division,
      households: count,
      /** Members when their spells began. */
      persons: count,
      counts: z.array(
        z.object({ category: HouseholdCategory, risk: RiskStatus, households: count, persons: count }),
      ),
      scale: z.object({
        registeredPersons: count,
        monitoredPersons: count,
        shareBp: count.nullable(),
        /** Counties and cities are measured; the areas below only know their share. */
        signal: ScaleSignal.nullable(),
      }),
    }),
  ),
  /** Monitored households by their leading cause, most first; null where nobody stated any. */
  byCause: z.array(z.object({ cause: Cause.nullable(), households: count, persons: count })),
  /**
   * At the end of that day, by the days on which clues were opened and closed; one that was closed and taken up again counts as open
   * in between. Null for days before anything was judged: the clues of such a day are unknown.
   */
  grades: z.array(Grade).nullable(),
  /** Limits of scale of the policy in force; null where it knows none: everybody who should be is taken in. */
  scale: z.object({ lowBp: count, amberBp: count, redBp: count, source: Source }).nullable(),
})
export type CategorySummary = z.infer<typeof CategorySummary>

/** A household's time in a category. */
export const Spell = z.object({
  household: HouseholdStrip,
  category: HouseholdCategory,
  risk: RiskStatus,
  causes: z.array(Cause),
  from: Day,
  /** First day on which it is no longer in force. */
  to: Day.nullable(),
  openedBecause: SpellChange,
  closedBecause: SpellChange.nullable(),
  case: z.uuid().nullable(),
})
export type Spell = z.infer<typeof Spell>

export const SpellFilter = z.object({
  area: DivisionCode.optional(),
  category: z.array(HouseholdCategory).optional(),
  risk: z.array(RiskStatus).optional(),
  /** Leading cause; `none` where nobody stated any. */
  cause: z.union([Cause, z.literal('none')]).optional(),
  /** Of the spells in force on the day. */
  grade: ManagementGrade.optional(),
  /** Spells in force at the end of this day; today where neither this nor a change is requested. */
  on: ChosenDay.optional(),
  /** Spells that began or ended after the first and by the last of these days. */
  change: z.enum(['in', 'out']).optional(),
  from: ChosenDay.optional(),
  to: ChosenDay.optional(),
  because: z.array(SpellChange).optional(),
})
export type SpellFilter = z.infer<typeof SpellFilter>

export const categories = {
  summary: route(
    'GET',
    '/categories',
    'overview.read',
    'Who belongs where at the end of a day, by area below, cause and grade, with the signal of scale',
    'none',
  )
    .input(z.object({ area: DivisionCode.optional(), on: ChosenDay.optional() }))
    .output(CategorySummary),
  reconcile: route(
    'GET',
    '/categories/reconciliation',
    'overview.read',
    'What changed between the ends of two days; every line adds up',
    'none',
  )
    .input(
      z.object({ area: DivisionCode.optional(), from: ChosenDay, to: ChosenDay, cause: Cause.optional() }),
    )
    .output(z.object({ area: Division, from: Day, to: Day, rows: z.array(Movement) })),
  spells: route(
    'GET',
    '/categories/spells',
    'household.read',
    'The households behind a figure of the classification',
  )
    .input(SpellFilter.extend({ ...Paging }))
    .output(z.object({ total: count, rows: z.array(Spell) })),
}
