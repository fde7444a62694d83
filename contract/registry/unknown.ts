import { z } from 'zod'
import { Day, Localized } from '../common.ts'

/**
 * Why a figure is unknown, or a rule cannot be judged. never: no data of the household ever · old: the newest is too old · late: the
 * source is late in the county · open: an end that nobody reported · part: of some members nothing is known · before: the year before
 * is missing · unset: the policy has no figure for the day.
 */
export const Unknown = z.object({
  why: z.enum(['never', 'old', 'late', 'open', 'part', 'before', 'unset']),
  /** The feed that would say it; for unset the policy's figure. */
  what: Localized,
  /** old, open: the day the newest row speaks of. late: the day the source had reached in the county, null where it never came. */
  on: Day.nullable(),
  /** old: how many days it may be old. open: how many days are known. */
  days: z.number().int().nullable(),
  /** Where it is about one year: that year, and the newest of which something is known. */
  year: z.number().int().nullable(),
  lastYear: z.number().int().nullable(),
})
export type Unknown = z.infer<typeof Unknown>
