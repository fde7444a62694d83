import { Readable } from 'node:stream'
import { csvLine, csvMark } from '#contract/csv.ts'
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
    yield `${csvMark}${csvLine([...headers, rejectHeaders.rowNo, rejectHeaders.reasons])}`
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
