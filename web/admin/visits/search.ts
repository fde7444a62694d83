import { z } from 'zod'
import { RhythmStanding } from '#contract/work/standing.ts'
import { area, page } from '#web/ui/page/search-params.ts'

/** Which of the visits that are due; the grade is written out, so that naming them needs no schema of visits. */
export const dueFilter = {
  grade: z.enum(['red', 'yellow', 'green']).optional().catch(undefined),
  when: RhythmStanding.optional().catch(undefined),
}

export const DueVisitSearch = z.object({ area, ...dueFilter, page })
