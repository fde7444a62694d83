import { z } from 'zod'
import { type Batch, batches, type Review } from '#contract/feeds/feeds.ts'
import { column, filterOf, listExport, wordColumn } from '#server/manifest/list-export.ts'
import { listReviews, searchBatches } from './batch-view.ts'

const filter = filterOf(batches.list)

/** Received files and their counts, as a file; held ones with why they wait. About nobody, so that nobody else need agree. */
export const batchExport = listExport<z.infer<typeof filter>, Batch>({
  filter,
  capability: 'batch.read',
  title: { zh: '批次', en: 'Batches' },
  isOwn: async () => true,
  page: ({ deps, me: { scope, department } }, chosen, { limit, offset }) =>
    searchBatches(deps, { scope, department }, chosen, { page: offset / limit + 1, size: limit }),
  columns: [
    column('datetime', '收到时间', 'Received at', ({ receivedAt }) => receivedAt),
    column('text', '文件', 'File', ({ fileName }) => fileName, { width: 36, isMarked: true }),
    column('text', '数据', 'Feed', ({ feedName }, language) => feedName[language]),
    wordColumn('department', '部门', 'Department', ({ department }) => department),
    column('text', '区划', 'Area', ({ area }) => area.name),
    column('text', '报送人', 'Sent by', ({ receivedBy }) => receivedBy),
    wordColumn('batchState', '状态', 'State', ({ state }) => state),
    column('date', '数据日期', 'As of', ({ asOf }) => asOf),
    column('int', '行数', 'Rows', ({ counts }) => counts.total, { summed: true }),
    column('int', '退回', 'Sent back', ({ counts }) => counts.rejected, { summed: true }),
    column('int', '重复', 'Duplicates', ({ counts }) => counts.duplicates, { summed: true }),
    column('int', '未匹配', 'Unmatched', ({ counts }) => counts.unmatched, { summed: true }),
    column('int', '待核对', 'To be decided', ({ openReviews }) => openReviews, { summed: true }),
    column('int', '新线索', 'New clues', ({ counts }) => counts.newClues, { summed: true }),
    wordColumn('holdReasons', '为何挂起', 'Held because', ({ holdReasons }) =>
      holdReasons.map(({ code }) => code),
    ),
    column('text', '谁决定', 'Decided by', ({ decision }) => decision?.by),
    column('text', '理由', 'Reason', ({ decision }) => decision?.reason, { width: 30 }),
  ],
})

const ReviewFilter = z.object({ batch: z.uuid() })

/** Rows whose match a person must decide, as a file. */
export const reviewExport = listExport<z.infer<typeof ReviewFilter>, z.infer<typeof Review>>({
  filter: ReviewFilter,
  capability: 'batch.decide',
  title: { zh: '待核对的行', en: 'Rows to be decided' },
  page: ({ deps, me: { scope, department } }, { batch }, { limit, offset }) =>
    listReviews(deps, { scope, department }, batch, { page: offset / limit + 1, size: limit }),
  columns: [
    column('text', '工作表', 'Sheet', ({ rowPlace }) => rowPlace.sheet),
    column('int', '行', 'Row', ({ rowPlace }) => rowPlace.row),
    wordColumn('matchClass', '为何待核对', 'Why', ({ matchClass }) => matchClass),
    column('text', '文件中姓名', 'Name in the file', ({ nameInFile }) => nameInFile, { isMarked: true }),
    column('text', '登记姓名', 'Name on record', ({ nameInRegistry }) => nameInRegistry),
    column('digits', '证件号', 'ID number', ({ idNumberMasked }) => idNumberMasked),
    column('text', '地方', 'Place', ({ place }) => place, { width: 30 }),
  ],
})
