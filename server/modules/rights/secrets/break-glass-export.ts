import type { z } from 'zod'
import { type BreakGlass, breakGlass } from '#contract/protection/secrets.ts'
import { column, filterOf, listExport } from '#server/manifest/list-export.ts'
import { listBreakGlass } from './break-glass.ts'

const filter = filterOf(breakGlass.list)

/** Openings outside one's area, as a file; of others' with masked names, as on the page. */
export const breakGlassExport = listExport<z.infer<typeof filter>, BreakGlass>({
  filter,
  capability: ['break-glass.use', 'break-glass.review'],
  title: { zh: '应急查看', en: 'Break-glass openings' },
  async page(viewer, chosen, { limit, offset }) {
    const { rows } = await listBreakGlass(viewer, chosen)
    return { total: rows.length, rows: rows.slice(offset, offset + limit) }
  },
  columns: [
    column('text', '户主姓名', 'Head', ({ headName }) => headName, { isMarked: true }),
    column('text', '县', 'County', ({ county }) => county.name),
    column('text', '打开人', 'Opened by', ({ by }) => by.name),
    column('text', '区划', 'Area', ({ by }) => by.area.name),
    column('text', '理由', 'Reason', ({ reason }) => reason, { width: 40 }),
    column('datetime', '打开时间', 'Opened at', ({ openedAt }) => openedAt),
    column('datetime', '到期时间', 'Until', ({ until }) => until),
    column('datetime', '结束时间', 'Ended at', ({ endedAt }) => endedAt),
    column('int', '查看次数', 'Reads', ({ reads }) => reads, { summed: true }),
    column('text', '复核人', 'Reviewed by', ({ review }) => review?.by),
    column('text', '复核意见', 'Review', ({ review }) => review?.remark, { width: 30 }),
  ],
})
