import { Readable } from 'node:stream'
import { describeReason, type Reason } from '../checks/index.ts'
import type { FeedsDeps } from '../deps.ts'
import { rejectHeaders } from '../receiving/guess-feed.ts'
import { getBatchRow, openRow } from './batch-view.ts'
import { type BatchScope, listRejectRows } from './queries.ts'

const perPage = 2000

/**
 * The rejected rows as sent, to be mended and sent again: original headers and cells, then row number and reasons in Chinese.
 * UTF-8 with a mark, so that Excel reads it as such. Throws `not-found`.
 */
export async function rejectFile(
  deps: Pick<FeedsDeps, 'database' | 'vault'>,
  scope: BatchScope,
  ref: string,
): Promise<{ fileName: string; body: Readable }> {
  const { id, definition, headers, fileName } = await getBatchRow(deps, scope, ref)
  async function* lines() {
    yield `\ufeff${csvLine([...headers, rejectHeaders.rowNo, rejectHeaders.reasons])}`
    for (let after = 0, more = true; more; ) {
      const rows = await listRejectRows(deps.database.db, id, { limit: perPage, after })
      yield rows
        .map(({ rowNo, rowCipher, reasons }) => {
          const cells = openRow(deps.vault, rowCipher)
          const told = reasons.map((reason) => describeReason(definition, reason as Reason)).join(' ')
          return csvLine([...headers.map((_, i) => cells[i] ?? ''), String(rowNo), told])
        })
        .join('')
      after = rows.at(-1)?.rowNo ?? after
      more = rows.length === perPage
    }
  }
  return { fileName: `${fileName.replace(/\.\w+$/, '')}-退回.csv`, body: Readable.from(lines()) }
}

function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

/**
 * A cell that Excel neither runs as a formula nor robs of digits: numbers too long for it are wrapped as `="…"`, anything else
 * that begins like a formula gets an apostrophe. Both are taken off again when the file comes back.
 */
export function csvCell(cell: string): string {
  if (/^\d{12,}[\dXx]?$/.test(cell)) return `"=""${cell}"""`
  const isNumber = /^[+-]?\d+(\.\d+)?$/.test(cell)
  const safe = /^[=+\-@\t\r|%＝＋－＠]/.test(cell) && !isNumber ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
