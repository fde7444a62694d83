import { z } from 'zod'
import { CorrectionState } from '#contract/protection/own-record.ts'
import { page, toFlag, toList } from '#web/ui/page/search-params.ts'

export const CorrectionSearch = z.object({
  state: z.preprocess(toList, z.array(CorrectionState).optional()).catch(undefined),
  mine: z.preprocess(toFlag, z.boolean().optional()),
  overdue: z.preprocess(toFlag, z.boolean().optional()),
  page,
  id: z.string().optional(),
})
export type CorrectionSearch = z.infer<typeof CorrectionSearch>
