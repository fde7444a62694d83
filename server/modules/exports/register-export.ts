import type { z } from 'zod'
import type { Localized } from '#contract/common.ts'
import { type ExportRow, exports } from '#contract/protection/exports.ts'
import { column, filterOf, listExport, wordColumn } from '#server/manifest/list-export.ts'
import { searchExports } from './operations.ts'

const filter = filterOf(exports.list)

const list = listExport<z.infer<typeof filter>, ExportRow>({
  filter,
  capability: 'export.request',
  title: { zh: '导出登记', en: 'Exports' },
  isOwn: async () => true,
  page: (viewer, chosen, { limit, offset }) =>
    searchExports(viewer, { ...chosen, page: offset / limit + 1, size: limit }),
  columns: [
    column('text', '编号', 'Number', ({ number }) => number),
    wordColumn('exportState', '状态', 'State', ({ state }) => state),
    column('text', '申请人', 'Requested by', ({ requestedBy }) => requestedBy.name, { isMarked: true }),
    column('text', '区划', 'Area', ({ requestedBy }) => requestedBy.area.name),
    column('datetime', '申请时间', 'Requested at', ({ requestedAt }) => requestedAt),
    column('text', '用途', 'Purpose', ({ purpose }) => purpose, { width: 40 }),
    column('int', '行数', 'Rows', ({ rows }) => rows, { summed: true }),
    column('text', '第二人', 'Second person', ({ decision }) => decision?.by),
    column('datetime', '决定时间', 'Decided at', ({ decision }) => decision?.at),
    column('int', '下载次数', 'Downloads', ({ downloads }) => downloads, { summed: true }),
    column('datetime', '最近下载', 'Last download', ({ lastDownloadAt }) => lastDownloadAt),
  ],
})

const more: Localized = { zh: '继续查看', en: 'Reading on' }

/** The register of exports, as a file; it names officers and no household. */
export const registerExport: typeof list = {
  ...list,
  async columns(viewer, chosen, language) {
    const [number, ...others] = await list.columns(viewer, chosen, language)
    const { exportSources } = viewer.deps
    const what = column<ExportRow>(
      'text',
      '内容',
      'What',
      ({ kind }) => (kind === 'more' ? more : exportSources[kind]?.title)?.[language] ?? kind,
    )
    return number ? [number, what, ...others] : others
  },
}
