import type { z } from 'zod'
import { type Correction, corrections } from '#contract/protection/own-record.ts'
import { column, filterOf, listExport, wordColumn, yesNo } from '#server/manifest/list-export.ts'
import { searchCorrections } from './corrections.ts'

const filter = filterOf(corrections.list)

/** What households report as wrong, as a file. */
export const correctionExport = listExport<z.infer<typeof filter>, Correction>({
  filter,
  capability: 'correction.handle',
  title: { zh: '更正申请', en: 'Corrections' },
  page: ({ deps, scope, me }, chosen, { limit, offset }) =>
    searchCorrections(deps, scope, me, { ...chosen, page: offset / limit + 1, size: limit }),
  household: ({ household }) => household,
  columns: [
    column('text', '户主姓名', 'Head', ({ household }) => household.headName, { isMarked: true }),
    column('text', '村', 'Village', ({ household }) => household.village.name),
    column('text', '哪里不对', 'What is wrong', ({ what }) => what, { width: 30 }),
    column('text', '现在的记录', 'On record', ({ current }) => current),
    column('text', '应当是', 'Should be', ({ wanted }) => wanted),
    column('text', '说明', 'Explanation', ({ explanation }) => explanation, { width: 30 }),
    wordColumn('department', '部门', 'Department', ({ department }) => department),
    wordColumn('correctionState', '状态', 'State', ({ state }) => state),
    column('datetime', '提出时间', 'Requested at', ({ openedAt }) => openedAt),
    column('date', '最迟', 'Due on', ({ dueOn }) => dueOn),
    column('text', '是否逾期', 'Overdue', ({ overdue }, language) => yesNo(overdue, language)),
    column('text', '经办人', 'Handled by', ({ assignee }) => assignee?.name),
  ],
})
