import type { z } from 'zod'
import { type PlanRow, plans } from '#contract/work/plans.ts'
import {
  column,
  filterOf,
  householdColumns,
  listExport,
  wordColumn,
  yesNo,
} from '#server/manifest/list-export.ts'
import { listPlans } from './view.ts'

const filter = filterOf(plans.list)

/** Open plans with what they lack, as a file. */
export const planExport = listExport<z.infer<typeof filter>, PlanRow>({
  filter,
  capability: 'case.read',
  title: { zh: '帮扶方案', en: 'Plans of help' },
  page: ({ deps, scope }, chosen, { limit, offset }) =>
    listPlans(deps, scope, chosen, { page: offset / limit + 1, size: limit }),
  household: ({ household }) => household,
  columns: [
    ...householdColumns<PlanRow>(({ household }) => household, { isEachOnce: true }),
    wordColumn('cause', '原因', 'Causes', ({ causes }) => causes),
    column('date', '开始日期', 'Opened on', ({ openedOn }) => openedOn),
    column('text', '整户无劳动能力', 'Nobody able to work', ({ labourless }, language) =>
      yesNo(labourless, language),
    ),
    column('int', '措施', 'Measures', ({ measures }) => measures, { summed: true }),
    column('int', '已完成措施', 'Measures done', ({ done }) => done, { summed: true }),
    column('date', '第一项措施最迟', 'First measure due', ({ firstMeasureDueOn }) => firstMeasureDueOn),
    column('text', '是否逾期', 'Overdue', ({ overdue }, language) => yesNo(overdue, language)),
    wordColumn('planLack', '还缺', 'Lacks', ({ lacks }) => lacks),
  ],
})
