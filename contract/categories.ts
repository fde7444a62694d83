import { z } from 'zod'
import { Cause, Day, Division, DivisionCode } from './common.ts'
import { HouseholdCategory } from './households.ts'
import { route } from './route.ts'

/** none: not monitored; open: monitored; resolved: was monitored, the risk is gone, still tracked. */
export const RiskStatus = z.enum(['none', 'open', 'resolved'])
export type RiskStatus = z.infer<typeof RiskStatus>

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

export const categories = {
  summary: route(
    'GET',
    '/categories',
    'overview.read',
    'Who belongs where at the end of a day, by area below',
    'none',
  )
    .input(z.object({ area: DivisionCode.optional(), on: Day.optional() }))
    .output(
      z.object({
        area: Division,
        on: Day,
        rows: z.array(
          z.object({
            area: Division,
            households: count,
            /** Members when their spells began. */
            persons: count,
            counts: z.array(
              z.object({ category: HouseholdCategory, risk: RiskStatus, households: count, persons: count }),
            ),
          }),
        ),
      }),
    ),
  reconcile: route(
    'GET',
    '/categories/reconciliation',
    'overview.read',
    'What changed between the ends of two days; every line adds up',
    'none',
  )
    .input(z.object({ area: DivisionCode.optional(), from: Day, to: Day, cause: Cause.optional() }))
    .output(z.object({ area: Division, from: Day, to: Day, rows: z.array(Movement) })),
}
