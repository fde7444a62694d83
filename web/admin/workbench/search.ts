import { z } from 'zod'
import { BenchView, TaskKind } from '#contract/work/workbench.ts'
import { area, page, toFlag, toList } from '#web/ui/page/search-params.ts'
import { dueFilter } from '../visits/search.ts'

export const WorkbenchSearch = z.object({
  group: BenchView.or(z.enum(['rhythm', 'never']))
    .optional()
    .catch(undefined),
  kind: z.preprocess(toList, z.array(TaskKind).optional()).catch(undefined),
  ...dueFilter,
  page,
})
export type WorkbenchSearch = z.infer<typeof WorkbenchSearch>

/** The ladder of an area, and the list that one of its figures opened: `of` an area, on a rung, overdue, paused or all. */
export const LadderSearch = z.object({
  area,
  kind: z.preprocess(toList, z.array(TaskKind).optional()).catch(undefined),
  of: area,
  rung: z.coerce.number().int().min(0).max(2).optional().catch(undefined),
  overdue: z.preprocess(toFlag, z.boolean().optional()),
  paused: z.preprocess(toFlag, z.boolean().optional()),
  page,
})
export type LadderSearch = z.infer<typeof LadderSearch>
