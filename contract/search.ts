import { z } from 'zod'
import { Cause, Day, Department, Division, DivisionLevel, Localized, RiskLevel } from './common.ts'
import { BatchState } from './feeds/feeds.ts'
import { HouseholdStrip } from './registry/strip.ts'
import { route } from './route.ts'
import { CaseKind, CaseState } from './work/cases.ts'
import { ClueState } from './work/clues.ts'

/** The first few of a kind, and how many there are; null where there are more than are counted. */
const found = <T extends z.ZodType>(row: T) =>
  z.object({ total: z.number().int().nullable(), rows: z.array(row) })

/** A kind the account may not read is empty. */
export const SearchAnswer = z.object({
  /** By number, by the name of a member or by a whole ID number; `person` is who was found, where it was not the number. */
  households: found(z.object({ household: HouseholdStrip, person: z.string().nullable() })),
  /** Open clues of those households. */
  clues: found(
    z.object({ id: z.uuid(), household: HouseholdStrip, cause: Cause, level: RiskLevel, state: ClueState }),
  ),
  /** Cases of those households, those that run first. */
  cases: found(
    z.object({ id: z.uuid(), household: HouseholdStrip, kind: CaseKind, state: CaseState, openedOn: Day }),
  ),
  batches: found(
    z.object({
      ref: z.uuid(),
      feed: Localized,
      department: Department,
      fileName: z.string(),
      state: BatchState,
      asOf: Day,
    }),
  ),
  divisions: found(Division.extend({ level: DivisionLevel, above: z.array(z.string()) })),
  rules: found(z.object({ id: z.string(), title: Localized })),
})
export type SearchAnswer = z.infer<typeof SearchAnswer>

/** So many of a kind are answered. */
export const shownOfEach = 5

export const search = {
  find: route(
    'GET',
    '/search',
    'any',
    'Households, clues, cases, files, places and rules of one’s area by what somebody types',
  )
    .input(z.object({ q: z.string().trim().min(1).max(60) }))
    .output(SearchAnswer),
}
