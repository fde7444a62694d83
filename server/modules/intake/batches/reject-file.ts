import type { Readable } from 'node:stream'
import { z } from 'zod'
import { placeOfRow } from '#contract/feeds/place-of-row.ts'
import type { Cell, Sheet } from '#contract/sheets/sheet.ts'
import type { ExportColumn, ExportSource, ExportViewer } from '#server/manifest/export-source.ts'
import { column } from '#server/manifest/list-export.ts'
import { erasedRow, type Reason } from '#server/modules/feeds/checks/index.ts'
import { csvStream } from '#server/platform/files/sheets/csv.ts'
import { workbookStream } from '#server/platform/files/sheets/workbook.ts'
import type { FeedsDeps } from '../deps.ts'
import { rejectHeaders } from '../receiving/guess-feed.ts'
import { describeIn, getBatchRow, openRow } from './batch-view.ts'
import { type BatchScope, listRejectRows } from './queries.ts'

const perPage = 2000

type Deps = Pick<FeedsDeps, 'database' | 'vault'>
type BatchRow = Awaited<ReturnType<typeof getBatchRow>>

interface RejectedRow {
  cells: readonly string[]
  /** Places of the cells that are wrong. */
  wrong: ReadonlySet<number>
  place: string
  reasons: string
}

const nameOf = ({ fileName }: BatchRow) => `${fileName.replace(/\.\w+$/, '')}-退回`

async function* rejectedRows(
  { database, vault }: Deps,
  { id, definition, headers, mapping, sheets }: BatchRow,
): AsyncGenerator<RejectedRow[]> {
  for (let after = 0, more = true; more; ) {
    const rows = await listRejectRows(database.db, id, { limit: perPage, after })
    yield rows.map(({ rowNo, rowCipher, reasons }) => {
      const cells = openRow(vault, rowCipher)
      const described = reasons.map((reason) => describeIn(definition, reason as Reason, sheets).zh)
      const { sheet, row } = placeOfRow(rowNo, sheets)
      if (rowCipher === null) described.push(erasedRow)
      return {
        cells,
        wrong: new Set(reasons.map(({ key }) => headers.indexOf(mapping[key] ?? ''))),
        place: sheet === null ? String(row) : `${sheet} 第${row}行`,
        reasons: described.join(' '),
      }
    })
    after = rows.at(-1)?.rowNo ?? after
    more = rows.length === perPage
  }
}

/** The sender's own columns, the wrong cells marked, then the row's number and what is wrong with it. */
function columnsOf({ headers }: BatchRow): ExportColumn<RejectedRow>[] {
  const own = headers.map((header, at) => ({
    head: { zh: header, en: header },
    // As text, whatever it is: it comes back as it was sent.
    kind: 'digits' as const,
    width: 14,
    cell({ cells, wrong }: RejectedRow): Cell {
      const value = cells[at] ?? ''
      return wrong.has(at) ? { value, mark: 'wrong' } : value
    },
  }))
  return [
    ...own,
    column('digits', rejectHeaders.rowNo, rejectHeaders.rowNo, ({ place }) => place, { width: 9 }),
    column('text', rejectHeaders.reasons, rejectHeaders.reasons, ({ reasons }) => reasons, {
      width: 60,
      isMarked: true,
    }),
  ]
}

/**
 * The rejected rows as sent, to be mended and sent again: original headers and cells, then row number and reasons in Chinese; for the
 * command line, without the marks of an export. Throws `not-found`.
 */
export async function rejectFile(
  deps: Deps,
  scope: BatchScope,
  ref: string,
  format: 'csv' | 'xlsx' = 'csv',
): Promise<{ fileName: string; body: Readable }> {
  const batch = await getBatchRow(deps, scope, ref)
  const columns = columnsOf(batch)
  async function* rows() {
    for await (const rejected of rejectedRows(deps, batch))
      yield rejected.map((row) => columns.map(({ cell }) => cell(row, 'zh')))
  }
  const sheet: Sheet = {
    name: rejectTitle.zh,
    ...titleOf(batch),
    columns: columns.map(({ head, kind, width = 14 }) => ({ head: head.zh, kind, width })),
    rows: rows(),
  }
  const body = format === 'xlsx' ? workbookStream([sheet]) : csvStream(sheet)
  return { fileName: `${nameOf(batch)}.${format}`, body }
}

const rejectTitle = { zh: '退回的行', en: 'Rows sent back' }

/** What the file said of all its amounts, above the head, where it is read again. */
const titleOf = ({ unit }: BatchRow) => (unit ? { title: unit.text } : {})

const RejectFilter = z.object({ batch: z.uuid().optional() })
type RejectFilter = z.infer<typeof RejectFilter>

const batchOf = ({ deps, me: { scope, department } }: ExportViewer, { batch = '' }: RejectFilter) =>
  getBatchRow(deps, { scope, department }, batch)

/** The same as an export; the sender of the file gets it without approval. */
export const rejectExport: ExportSource<RejectFilter, RejectedRow> = {
  filter: RejectFilter,
  capability: 'batch.read',
  title: rejectTitle,
  comesBack: true,
  name: async (viewer, filter) => nameOf(await batchOf(viewer, filter)),
  titleLine: async (viewer, filter) => (await batchOf(viewer, filter)).unit?.text,
  count: async (viewer, filter) => (await batchOf(viewer, filter)).rejectedRows ?? 0,
  isOwn: async (viewer, filter) => (await batchOf(viewer, filter)).senderId === viewer.me.userId,
  columns: async (viewer, filter) => columnsOf(await batchOf(viewer, filter)),
  async *rows(viewer, filter) {
    yield* rejectedRows(viewer.deps, await batchOf(viewer, filter))
  },
}
