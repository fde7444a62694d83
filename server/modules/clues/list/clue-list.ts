import { z } from 'zod'
import { ClueFilter, type ClueRow } from '#contract/work/clues.ts'
import type { ExportColumn, ExportSource } from '#server/manifest/export-source.ts'
import { column, householdColumns, wordColumn, yesNo } from '#server/manifest/list-export.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import type { RegistryDeps } from '#server/modules/registry/households/index.ts'
import { stripOf } from '#server/modules/registry/index.ts'
import { queryOf } from './clue-filter.ts'
import {
  type ClueCounts,
  type ClueOrder,
  type ClueRecord,
  countClueHouseholds,
  countClues,
  listClueRecords,
  listClueRecordsAfter,
  present,
} from './clue-queries.ts'

export type CaseworkDeps = RegistryDeps

/** A page of the clues of the scope; total and facets speak of all pages. */
export async function listClues(
  deps: CaseworkDeps,
  scope: AreaScope,
  filter: ClueFilter,
  order: ClueOrder,
  { page, size }: { page: number; size: number },
): Promise<ClueCounts & { households: number; rows: ClueRow[] }> {
  const { db } = deps.database
  const query = queryOf(deps, scope, filter)
  const [counts, households, records] = await Promise.all([
    countClues(db, query),
    countClueHouseholds(db, query),
    listClueRecords(db, query, order, { limit: size, offset: (page - 1) * size }),
  ])
  return { ...counts, households, rows: records.map(present) }
}

const perPage = 2000

/** Every clue of the filter, page by page: memory does not grow with their number. */
export async function* eachClue(
  deps: CaseworkDeps,
  scope: AreaScope,
  filter: ClueFilter,
): AsyncGenerator<ClueRecord[]> {
  const query = queryOf(deps, scope, filter)
  for (let after: string | undefined; ; ) {
    const records = await listClueRecordsAfter(deps.database.db, query, after, perPage)
    if (records.length > 0) yield records
    after = records.at(-1)?.id
    if (records.length < perPage) return
  }
}

const columns: readonly ExportColumn<ClueRecord>[] = [
  ...householdColumns<ClueRecord>((clue) => stripOf(clue)).map((one) => ({ ...one, isMarked: false })),
  wordColumn('cause', '风险原因', 'Cause', ({ cause }) => cause),
  wordColumn('level', '等级', 'Level', ({ level }) => level),
  wordColumn('channel', '来源', 'Source', ({ channel }) => channel),
  column('text', '规则', 'Rules', ({ rules }) => rules.join('、')),
  column('text', '为什么', 'Why', ({ why }, language) => why[language], { width: 50, isMarked: true }),
  wordColumn('clueState', '状态', 'State', ({ state }) => state),
  column('date', '开始日期', 'Opened on', ({ openedOn }) => openedOn),
  column('date', '最近信号', 'Last signal', ({ lastSignalOn }) => lastSignalOn),
  column('text', '派发至', 'Dispatched to', ({ assigneeName }) => assigneeName),
  column('text', '核实人', 'Visitor', ({ visitorName }) => visitorName),
  column('date', '办理期限', 'Due on', ({ dueOn }) => dueOn),
  column('text', '是否逾期', 'Overdue', ({ overdue }, language) => yesNo(overdue, language), { width: 10 }),
]

/** The clue list as an export. */
export const clueExport: ExportSource<{ clues?: ClueFilter | undefined }, ClueRecord> = {
  filter: z.object({ clues: ClueFilter.optional() }),
  capability: 'clue.read',
  title: { zh: '线索', en: 'Clues' },
  count: async ({ deps, scope }, { clues = {} }) =>
    (await countClues(deps.database.db, queryOf(deps, scope, clues))).total,
  columns: () => columns,
  rows: ({ deps, scope }, { clues = {} }) => eachClue(deps, scope, clues),
  household: ({ county, householdId }) => ({ county, id: householdId }),
  async sums({ deps, scope }, { clues = {} }) {
    const households = await countClueHouseholds(deps.database.db, queryOf(deps, scope, clues))
    return [{ zh: `涉及 ${households} 户`, en: `${households} households` }]
  },
}
