import type { z } from 'zod'
import { type CaseRow, cases } from '#contract/work/cases.ts'
import {
  column,
  filterOf,
  householdColumns,
  listExport,
  wordColumn,
  yesNo,
} from '#server/manifest/list-export.ts'
import { areaScope } from '#server/modules/divisions/index.ts'
import type { HouseholdScope, RequestDeps } from '#server/platform/http/rpc.ts'
import { listCaseRecords } from './queries.ts'
import { presentCaseRow } from './view.ts'

const filter = filterOf(cases.list)
export type CaseListFilter = z.infer<typeof filter>

/** A page of the cases of an area, as its list and its file go through them. */
export async function searchCases(
  deps: Pick<RequestDeps, 'database' | 'clock'>,
  scope: HouseholdScope,
  { area, kind, state, step, overdue, household }: CaseListFilter,
  page: { limit: number; offset: number },
) {
  const chosen = area === undefined ? scope : areaScope(area)
  const within = { ...scope, from: Math.max(scope.from, chosen.from), to: Math.min(scope.to, chosen.to) }
  const { rows, total, steps } = await listCaseRecords(
    deps.database.db,
    { scope: within, today: deps.clock.today(), kind, states: state, steps: step, overdue, household },
    page,
  )
  return { total, steps, rows: rows.map(presentCaseRow) }
}

export const caseExport = listExport<CaseListFilter, CaseRow>({
  filter,
  capability: 'case.read',
  title: { zh: '识别与消除', en: 'Cases' },
  page: ({ deps, scope }, chosen, page) => searchCases(deps, scope, chosen, page),
  household: ({ household }) => household,
  columns: [
    ...householdColumns<CaseRow>(({ household }) => household),
    wordColumn('caseKind', '类型', 'Kind', ({ kind }) => kind),
    wordColumn('cause', '风险原因', 'Causes', ({ causes }) => causes),
    wordColumn('caseState', '状态', 'State', ({ state }) => state),
    wordColumn('caseStep', '下一步', 'Next step', ({ step }) => step),
    column('date', '开始日期', 'Begun on', ({ openedOn }) => openedOn),
    column('date', '本步最迟', 'This step due', ({ dueOn }) => dueOn),
    column('date', '全部办结最迟', 'All due', ({ totalDueOn }) => totalDueOn),
    column('text', '是否逾期', 'Overdue', ({ overdue }, language) => yesNo(overdue, language)),
    column('text', '绿色通道', 'Green channel', ({ greenChannel }, language) =>
      yesNo(greenChannel, language),
    ),
    column('text', '暂停计时', 'Clock stopped', ({ paused }, language) => yesNo(paused, language)),
  ],
})
