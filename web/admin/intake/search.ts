import { z } from 'zod'
import { BatchState } from '#contract/feeds/feeds.ts'
import { page, toList } from '#web/ui/page/search-params.ts'

export const IntakeSearch = z.object({
  feed: z.string().optional(),
  state: z.preprocess(toList, z.array(BatchState).optional()).catch(undefined),
  page,
})

/** Pages of the two tables of a batch. */
export const BatchSearch = z.object({ rejects: page, reviews: page })
