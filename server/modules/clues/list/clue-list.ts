import { z } from 'zod'
import { ClueFilter, type ClueRow } from '#contract/work/clues.ts'
import type { ExportSource } from '#server/manifest/export-source.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import type { RegistryDeps } from '#server/modules/registry/households/index.ts'
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
import { causeNames, channelNames, levelNames, stateNames } from './words.ts'

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

const headers: Record<string, (clue: ClueRecord) => string> = {
  户编号: ({ householdNo }) => householdNo,
  行政区划代码: ({ village }) => String(village),
  县: ({ countyName }) => countyName,
  乡镇: ({ townshipName }) => townshipName,
  村: ({ villageName }) => villageName,
  户主姓名: ({ headName }) => headName,
  人口: ({ memberCount }) => String(memberCount),
  风险原因: ({ cause }) => causeNames[cause],
  等级: ({ level }) => levelNames[level],
  来源: ({ channel }) => channelNames[channel],
  规则: ({ rules }) => rules.join('、'),
  为什么: ({ why }) => why.zh,
  状态: ({ state }) => stateNames[state],
  开始日期: ({ openedOn }) => openedOn,
  最近信号: ({ lastSignalOn }) => lastSignalOn,
  派发至: ({ assigneeName }) => assigneeName ?? '',
  核实人: ({ visitorName }) => visitorName ?? '',
  办理期限: ({ dueOn }) => dueOn ?? '',
  是否逾期: ({ overdue }) => (overdue ? '是' : '否'),
}

/** The clue list as an export. */
export const clueExport: ExportSource<{ clues?: ClueFilter | undefined }> = {
  filter: z.object({ clues: ClueFilter.optional() }),
  capability: 'clue.read',
  markedColumn: '为什么',
  name: async ({ deps }) => `线索-${deps.clock.today()}`,
  count: async ({ deps, scope }, { clues = {} }) =>
    (await countClues(deps.database.db, queryOf(deps, scope, clues))).total,
  headers: async () => Object.keys(headers),
  async *lines({ deps, scope }, { clues: filter = {} }) {
    for await (const clues of eachClue(deps, scope, filter)) {
      yield clues.map((clue) => ({
        cells: Object.values(headers).map((cell) => cell(clue)),
        household: { county: clue.county, id: clue.householdId },
      }))
    }
  },
}
