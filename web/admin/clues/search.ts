import { z } from 'zod'
import { ClueFilter, ClueSort } from '#contract/work/clues.ts'
import { area, page, toFlag, toList } from '#web/ui/page/search-params.ts'

/** The clue list's whole state; every figure of the product links here with a filter. */
export const ClueSearch = z.object({
  area,
  level: z.preprocess(toList, ClueFilter.shape.level).catch(undefined),
  cause: z.preprocess(toList, ClueFilter.shape.cause).catch(undefined),
  state: z.preprocess(toList, ClueFilter.shape.state).catch(undefined),
  channel: z.preprocess(toList, ClueFilter.shape.channel).catch(undefined),
  rule: z.preprocess(toList, ClueFilter.shape.rule).catch(undefined),
  overdue: z.preprocess(toFlag, z.boolean().optional()),
  openedFrom: z.iso.date().optional().catch(undefined),
  openedTo: z.iso.date().optional().catch(undefined),
  q: z.string().optional(),
  sort: ClueSort.optional().catch(undefined),
  descending: z.preprocess(toFlag, z.boolean().optional()),
  page,
})
export type ClueSearch = z.infer<typeof ClueSearch>
