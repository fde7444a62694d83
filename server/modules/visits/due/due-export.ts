import type { z } from 'zod'
import { visits } from '#contract/work/visits.ts'
import {
  column,
  filterOf,
  householdColumns,
  listExport,
  wordColumn,
  yesNo,
} from '#server/manifest/list-export.ts'
import { readDueVisits } from './read-due.ts'

const filter = filterOf(visits.due)
type DueRow = Awaited<ReturnType<typeof readDueVisits>>['rows'][number]

/** Households due for a visit, as a file. */
export const dueExport = listExport<z.infer<typeof filter>, DueRow>({
  filter,
  capability: 'visit.read',
  title: { zh: '走访到期', en: 'Visits due' },
  page: ({ deps, scope, me }, chosen, page) => readDueVisits(deps, scope, me, chosen, page),
  household: ({ household }) => household,
  columns: [
    ...householdColumns<DueRow>(({ household }) => household, { isEachOnce: true }),
    wordColumn('grade', '管理等级', 'Grade', ({ grade }) => grade),
    wordColumn('visitPurpose', '走访类型', 'Purpose', ({ purpose }) => purpose),
    column('date', '上次走访', 'Last visit', ({ lastOn }) => lastOn),
    column('date', '应在此前走访', 'Due on', ({ dueOn }) => dueOn),
    column('text', '是否逾期', 'Overdue', ({ standing }, language) =>
      yesNo(standing === 'overdue', language),
    ),
    column('text', '谁去走访', 'Visitor', ({ visitor }) => visitor?.name ?? null),
  ],
})
