import type { z } from 'zod'
import { type Task, workbench } from '#contract/work/workbench.ts'
import {
  column,
  filterOf,
  householdColumns,
  listExport,
  wordColumn,
  yesNo,
} from '#server/manifest/list-export.ts'
import { listAreaTasks } from './ladder.ts'
import { getWorkbench, viewerOf } from './view.ts'

const columns = [
  ...householdColumns<Task>(({ household }) => household),
  wordColumn<Task>('task', '事项', 'Kind', ({ kind }) => kind),
  wordColumn<Task>('taskStep', '要办什么', 'To do', ({ what }) => what),
  wordColumn<Task>('cause', '原因', 'Causes', ({ causes }) => causes),
  wordColumn<Task>('level', '等级', 'Level', ({ level }) => level),
  column<Task>('date', '最迟', 'Due on', ({ dueOn }) => dueOn),
  column<Task>('int', '剩余工作日', 'Working days left', ({ workingDaysLeft }) => workingDaysLeft),
  column<Task>('text', '是否逾期', 'Overdue', ({ overdue }, language) => yesNo(overdue, language)),
  column<Task>('text', '谁办理', 'Who has it', ({ responsible }) => responsible.name),
  column<Task>('datetime', '办结时间', 'Done at', ({ doneAt }) => doneAt),
]

const ownFilter = filterOf(workbench.get)
const areaFilter = filterOf(workbench.tasks)

/** One group of one's own workbench, as a file. */
export const benchExport = listExport<z.infer<typeof ownFilter>, Task>({
  filter: ownFilter,
  capability: 'workbench.read',
  title: { zh: '工作台', en: 'Workbench' },
  async page({ deps, me, scope }, filter, { limit, offset }) {
    const paging = { page: offset / limit + 1, size: limit }
    const { total, tasks } = await getWorkbench(deps, viewerOf(me, scope), { ...filter, ...paging })
    return { total, rows: tasks }
  },
  household: ({ household }) => household,
  columns,
})

/** What stands behind a figure of the ladder, as a file. */
export const areaTaskExport = listExport<z.infer<typeof areaFilter>, Task>({
  filter: areaFilter,
  capability: 'clue.read',
  title: { zh: '在办事项', en: 'Open work' },
  async page({ deps, me, scope }, filter, { limit, offset }) {
    const paging = { page: offset / limit + 1, size: limit }
    const { total, tasks } = await listAreaTasks(deps, viewerOf(me, scope), { ...filter, ...paging })
    return { total, rows: tasks }
  },
  household: ({ household }) => household,
  columns,
})
