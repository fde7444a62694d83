import { z } from 'zod'
import { CaseKind, CaseState, CaseStep } from '#contract/work/cases.ts'
import { area, page, toFlag, toList } from '#web/ui/page/search-params.ts'

export const CaseSearch = z.object({
  area,
  kind: CaseKind.optional().catch(undefined),
  state: z.preprocess(toList, z.array(CaseState).optional()).catch(undefined),
  step: z.preprocess(toList, z.array(CaseStep).optional()).catch(undefined),
  overdue: z.preprocess(toFlag, z.boolean().optional()),
  household: z.uuid().optional().catch(undefined),
  page,
})
export type CaseSearch = z.infer<typeof CaseSearch>

export const PublicListSearch = z.object({
  area,
  kind: CaseKind.optional().catch(undefined),
  step: z.enum(['publicity', 'announce']).optional().catch(undefined),
})
