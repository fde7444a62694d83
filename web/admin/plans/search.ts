import { z } from 'zod'
import { PlanCheckName } from '#contract/work/plans.ts'
import { area, page, toFlag } from '#web/ui/page/search-params.ts'

export const PlanSearch = z.object({
  area,
  lacking: z.preprocess(toFlag, z.boolean().optional()),
  lack: PlanCheckName.optional().catch(undefined),
  page,
})
export type PlanSearch = z.infer<typeof PlanSearch>
