import { z } from 'zod'
import { HouseholdStrip } from './clues.ts'
import { Cause, Day, Division, DivisionCode, Localized, Paging, Source } from './common.ts'
import { HouseholdCategory } from './households.ts'
import { route } from './route.ts'

/** none: not monitored; open: monitored; resolved: was monitored, the risk is gone, still tracked. */
export const RiskStatus = z.enum(['none', 'open', 'resolved'])
export type RiskStatus = z.infer<typeof RiskStatus>

/** How closely a household is looked after: red monitored, yellow an open clue or income in the watch band, green the rest. */
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
const byChange = z.record(SpellChange, count)

/** One row of a reconciliation: before + in − out = after, in households. */
export const Movement = z.object({
  category: HouseholdCategory,
  risk: RiskStatus,
  before: count,
  in: byChange,
  out: byChange,
  after: count,
})
export type Movement = z.infer<typeof Movement>

export const categories = {
  summary: route(
    'GET',
    '/categories',
    'overview.read',
    'Who belongs where on a day, by area and cause',
    'none',
  )
    .input(z.object({ area: DivisionCode.optional(), on: Day.optional() }))
    .output(
      z.object({
        area: Division,
        path: z.array(Division),
        on: Day,
        rows: z.array(
          z.object({
            area: Division,
            households: count,
            persons: count,
            /** `category/risk` → households. */
            counts: z.record(z.string(), count),
            /** Registered persons, monitored persons, and their share in basis points against the lines of the policy. */
            registeredPersons: count,
            monitoredPersons: count,
            shareBp: count.nullable(),
            signal: z.enum(['none', 'low', 'amber', 'red']),
          }),
        ),
        byCause: z.array(z.object({ cause: Cause.nullable(), households: count })),
        grades: z.object({ red: count, yellow: count, green: count }),
        /** Lines of the scale signal; null under a policy without a limit of scale. */
        scale: z.object({ lowBp: count, amberBp: count, redBp: count, source: Source }).nullable(),
        policy: z.object({ id: z.string(), title: Localized }),
      }),
    ),
  reconcile: route(
    'GET',
    '/categories/reconciliation',
    'overview.read',
    'What changed between two days; every row adds up',
    'none',
  )
    .input(z.object({ area: DivisionCode.optional(), from: Day, to: Day, cause: Cause.optional() }))
    .output(z.object({ area: Division, from: Day, to: Day, rows: z.array(Movement) })),
  spells: route(
    'GET',
    '/categories/spells',
    'household.read',
    'Households behind a figure of the classification',
  )
    .input(
      z.object({
        area: DivisionCode.optional(),
        on: Day.optional(),
        category: z.array(HouseholdCategory).optional(),
        risk: z.array(RiskStatus).optional(),
        cause: Cause.optional(),
        grade: ManagementGrade.optional(),
        /** Only spells that began or ended in these days. */
        from: Day.optional(),
        to: Day.optional(),
        change: z.enum(['in', 'out']).optional(),
        because: SpellChange.optional(),
        ...Paging,
      }),
    )
    .output(
      z.object({
        total: count,
        rows: z.array(
          z.object({
            household: HouseholdStrip,
            category: HouseholdCategory,
            risk: RiskStatus,
            causes: z.array(Cause),
            from: Day,
            to: Day.nullable(),
            openedBecause: SpellChange,
            closedBecause: SpellChange.nullable(),
            grade: ManagementGrade.nullable(),
            case: z.uuid().nullable(),
          }),
        ),
      }),
    ),
}
