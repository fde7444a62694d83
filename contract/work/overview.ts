import { z } from 'zod'
import { Cause, Day, Department, Division, DivisionCode, Localized } from '../common.ts'
import { route } from '../route.ts'

const LevelCounts = { red: z.number().int(), orange: z.number().int(), yellow: z.number().int() }

/** A figure and what it was a week ago; null where the platform did not run then. */
const Figure = z.object({ now: z.number().int(), weekAgo: z.number().int().nullable() })

export const AreaRisk = z.object({
  ...Division.shape,
  households: z.number().int(),
  openClues: z.number().int(),
  overdue: z.number().int(),
  ...LevelCounts,
  /** Feeds that are late here, so that some rules cannot be judged. */
  lateFeeds: z.array(z.string()),
})
export type AreaRisk = z.infer<typeof AreaRisk>

export const SourceHealth = z.object({
  feed: z.string(),
  name: Localized,
  department: Department,
  cadence: z.enum(['daily', 'monthly', 'term', 'yearly', 'event']),
  /** Newest day any county of the area is covered to. */
  coveredUntil: Day.nullable(),
  counties: z.number().int(),
  lateCounties: z.array(Division),
  heldBatches: z.number().int(),
})
export type SourceHealth = z.infer<typeof SourceHealth>

export const Overview = z.object({
  area: Division,
  path: z.array(Division),
  asOf: Day,
  households: z.number().int(),
  registered: z.number().int(),
  figures: z.object({ openClues: Figure, householdsAtRisk: Figure, overdue: Figure, openedThisWeek: Figure }),
  byLevel: z.object(LevelCounts),
  byCause: z.array(z.object({ cause: Cause, total: z.number().int(), ...LevelCounts })),
  /** The divisions below, worst first is left to the page. */
  children: z.array(AreaRisk),
  /** Clues opened and ended in each of the last months, and how many were open at its end. */
  trend: z.array(
    z.object({
      month: z.string(),
      opened: z.number().int(),
      ended: z.number().int(),
      open: z.number().int(),
    }),
  ),
  sources: z.array(SourceHealth),
})
export type Overview = z.infer<typeof Overview>

export const overview = {
  get: route(
    'GET',
    '/overview',
    'overview.read',
    'Risk of an area at a glance; every figure equals the count of its clue list',
    'none',
  )
    .input(z.object({ area: DivisionCode.optional() }))
    .output(Overview),
}
