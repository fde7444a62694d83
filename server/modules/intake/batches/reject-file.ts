import { Readable } from 'node:stream'
import { z } from 'zod'
import { csvLine, csvMark } from '#contract/csv.ts'
import { placeOfRow } from '#contract/feeds/place-of-row.ts'
import type { ExportSource, ExportViewer } from '#server/manifest/export-source.ts'
import { erasedRow, type Reason } from '#server/modules/feeds/checks/index.ts'
import type { FeedsDeps } from '../deps.ts'
import { rejectHeaders } from '../receiving/guess-feed.ts'
import { describeIn, getBatchRow, openRow } from './batch-view.ts'
import { type BatchScope, listRejectRows } from './queries.ts'

const perPage = 2000

type Deps = Pick<FeedsDeps, 'database' | 'vault'>
type BatchRow = Awaited<ReturnType<typeof getBatchRow>>

const headersOf = ({ headers }: BatchRow) => [...headers, rejectHeaders.rowNo, rejectHeaders.reasons]
const nameOf = ({ fileName }: BatchRow) => `${fileName.replace(/\.\w+$/, '')}-退回`

async function* rejectLines({ database, vault }: Deps, { id, definition, headers, sheets }: BatchRow) {
  for (let after = 0, more = true; more; ) {
    const rows = await listRejectRows(database.db, id, { limit: perPage, after })
    yield rows.map(({ rowNo, rowCipher, reasons }) => {
      const cells = openRow(vault, rowCipher)
      const described = reasons.map((reason) => describeIn(definition, reason as Reason, sheets).zh)
      const { sheet, row } = placeOfRow(rowNo, sheets)
      if (rowCipher === null) described.push(erasedRow)
      return [
        ...headers.map((_, i) => cells[i] ?? ''),
        sheet === null ? String(row) : `${sheet} 第${row}行`,
        described.join(' '),
      ]
    })
    after = rows.at(-1)?.rowNo ?? after
    more = rows.length === perPage
  }
}

/**
 * The rejected rows as sent, to be mended and sent again: original headers and cells, then row number and reasons in Chinese.
 * UTF-8 with a mark, so that Excel reads it as such; for the command line, without the marks of an export. Throws `not-found`.
 */
export async function rejectFile(
  deps: Deps,
  scope: BatchScope,
  ref: string,
): Promise<{ fileName: string; body: Readable }> {
  const batch = await getBatchRow(deps, scope, ref)
  async function* lines() {
    yield csvMark + csvLine(headersOf(batch))
    for await (const rows of rejectLines(deps, batch)) yield rows.map(csvLine).join('')
  }
  return { fileName: `${nameOf(batch)}.csv`, body: Readable.from(lines()) }
}

const RejectFilter = z.object({ batch: z.uuid().optional() })
type RejectFilter = z.infer<typeof RejectFilter>

const batchOf = ({ deps, me: { scope, department } }: ExportViewer, { batch = '' }: RejectFilter) =>
  getBatchRow(deps, { scope, department }, batch)

/** The same as an export; the sender of the file gets it without approval. */
export const rejectExport: ExportSource<RejectFilter> = {
  filter: RejectFilter,
  capability: 'batch.read',
  markedColumn: rejectHeaders.reasons,
  comesBack: true,
  name: async (viewer, filter) => nameOf(await batchOf(viewer, filter)),
  count: async (viewer, filter) => (await batchOf(viewer, filter)).rejectedRows ?? 0,
  isOwn: async (viewer, filter) => (await batchOf(viewer, filter)).senderId === viewer.me.userId,
  headers: async (viewer, filter) => headersOf(await batchOf(viewer, filter)),
  async *lines(viewer, filter) {
    for await (const rows of rejectLines(viewer.deps, await batchOf(viewer, filter))) {
      yield rows.map((cells) => ({ cells }))
    }
  },
}
