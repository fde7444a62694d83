import { z } from 'zod'
import { Cause } from '#contract/common.ts'
import { SpellFilter } from '#contract/registry/categories.ts'
import { area, page, toList } from '#web/ui/page/search-params.ts'

export const CategorySearch = z.object({
  area,
  view: z.enum(['now', 'changes']).optional().catch(undefined),
  on: z.iso.date().optional().catch(undefined),
  from: z.iso.date().optional().catch(undefined),
  to: z.iso.date().optional().catch(undefined),
  cause: Cause.optional().catch(undefined),
})
export type CategorySearch = z.infer<typeof CategorySearch>

export const SpellSearch = z.object({
  area,
  category: z.preprocess(toList, SpellFilter.shape.category).catch(undefined),
  risk: z.preprocess(toList, SpellFilter.shape.risk).catch(undefined),
  cause: SpellFilter.shape.cause.catch(undefined),
  grade: SpellFilter.shape.grade.catch(undefined),
  on: SpellFilter.shape.on.catch(undefined),
  change: SpellFilter.shape.change.catch(undefined),
  from: SpellFilter.shape.from.catch(undefined),
  to: SpellFilter.shape.to.catch(undefined),
  because: z.preprocess(toList, SpellFilter.shape.because).catch(undefined),
  page,
})
export type SpellSearch = z.infer<typeof SpellSearch>
