import { z } from 'zod'
import type { Batch, Feed } from '#contract/feeds/feeds.ts'
import { placeOfRow } from '#contract/feeds/place-of-row.ts'
import { describeReason, describeReasonInEnglish, type Reason } from '#server/modules/feeds/checks/index.ts'
import { describeFeeds, type FeedDefinition, findFeed } from '#server/modules/feeds/index.ts'
import { AppError } from '#server/platform/errors.ts'
import type { FeedsDeps } from '../deps.ts'
import { rejectHeaders } from '../receiving/guess-feed.ts'
import { maskCells, maskWhole, secretPlaces } from '../receiving/mask-cells.ts'
import {
  type BatchFilter,
  type BatchRow,
  type BatchScope,
  countRejects,
  findBatch,
  listBatches,
  listOpenReviews,
  listRejectRows,
} from './queries.ts'

type ViewDeps = Pick<FeedsDeps, 'database' | 'vault'>
interface Page {
  page: number
  size: number
}
const limitsOf = ({ page, size }: Page) => ({ limit: size, offset: (page - 1) * size })

/** The feeds an account may send, with their columns. */
export function listFeeds(department: string | null): Feed[] {
  return describeFeeds()
    .filter((feed) => department === null || feed.department === department)
    .map((feed) => ({
      ...feed,
      columns: feed.columns.map((column) => ({
        ...column,
        label: { zh: column.header, en: column.label },
        aliases: [...column.aliases],
        allowed: column.allowed.length > 0 ? column.allowed : null,
      })),
    }))
}

/** Batches of the account's area, newest first, with the total of all pages. */
export async function searchBatches(
  { database }: ViewDeps,
  scope: BatchScope,
  filter: BatchFilter,
  page: Page,
): Promise<{ total: number; rows: Batch[] }> {
  const { total, rows } = await listBatches(database.db, scope, filter, limitsOf(page))
  return { total, rows: rows.map(present) }
}

/** One batch of the account's area; `not-found` outside it. */
export async function getBatch({ database }: ViewDeps, scope: BatchScope, ref: string): Promise<Batch> {
  return present(await getBatchRow({ database }, scope, ref))
}

export async function getBatchRow(
  { database }: Pick<FeedsDeps, 'database'>,
  scope: BatchScope,
  ref: string,
): Promise<BatchRow & { definition: FeedDefinition }> {
  const row = z.uuid().safeParse(ref).success ? await findBatch(database.db, scope, ref) : undefined
  const definition = row && findFeed(row.feed)
  if (!row || !definition) throw new AppError('not-found', { what: 'batch' })
  return { ...row, definition }
}

const counted = {
  total: 'totalRows',
  rejected: 'rejectedRows',
  duplicates: 'duplicateRows',
  exact: 'exactRows',
  idOnly: 'idOnlyRows',
  nameBirth: 'nameBirthRows',
  unmatched: 'unmatchedRows',
  inserted: 'insertedRows',
  superseded: 'supersededRows',
  unchanged: 'unchangedRows',
  late: 'lateRows',
  touchedHouseholds: 'touchedHouseholds',
  newSignals: 'newSignals',
  newClues: 'newClues',
} as const satisfies Record<string, keyof BatchRow>

function present(row: BatchRow): Batch {
  const feed = findFeed(row.feed)
  const counts = Object.entries(counted).flatMap(([name, column]) =>
    row[column] === null ? [] : [[name, row[column]] as const],
  )
  return {
    ref: row.ref,
    feed: row.feed,
    feedName: feed?.name ?? { zh: row.feed, en: row.feed },
    department: row.department as Batch['department'],
    area: row.area as Batch['area'],
    fileName: row.fileName,
    fileSize: row.fileSize,
    sheet: row.sheet,
    sheets: row.sheets,
    leftSheets: row.leftSheets,
    hiddenRows: row.hiddenRows,
    state: row.state,
    receivedAt: row.receivedAt,
    receivedBy: row.receivedBy,
    asOf: row.asOf,
    mergedAt: row.mergedAt,
    progress:
      row.progressStage === null
        ? null
        : {
            stage: row.progressStage as NonNullable<Batch['progress']>['stage'],
            rows: row.progressRows,
            share: row.progressShare,
          },
    stageTimes: row.stageTimes,
    counts: Object.fromEntries(counts),
    holdReasons: (row.holdReasons ?? []).map(({ rowNos, ...reason }) => ({
      ...reason,
      ...(rowNos ? { rows: rowNos.map((rowNo) => placeOfRow(rowNo, row.sheets)) } : {}),
    })),
    decision:
      row.decidedAt === null
        ? null
        : { by: row.decidedBy ?? '', at: row.decidedAt, reason: row.decisionReason ?? '' },
    error: row.error,
    openReviews: row.openReviews,
    waitingRefunds: {
      count: row.waitingRefunds,
      rows: row.waitingRows.map((rowNo) => placeOfRow(rowNo, row.sheets)),
    },
    unit: row.unit,
    figures: presentFigures(feed, row),
    asides: presentAsides(row),
    unusedHeaders: unusedHeaders(row),
  }
}

/** The money columns in the order of the feed. */
function presentFigures(
  feed: FeedDefinition | undefined,
  { figures, knownFigures }: BatchRow,
): Batch['figures'] {
  return (feed?.columns ?? []).flatMap(({ key, header, label }) => {
    const figure = figures?.[key]
    if (!figure) return []
    const { digits, stated, median } = figure
    const known = knownFigures?.[key]?.median ?? null
    return [{ column: key, label: { zh: header, en: label }, digits, stated, median, known }]
  })
}

function presentAsides({ asides, sheets }: BatchRow): Batch['asides'] {
  const { counts = {}, rows = [] } = asides ?? {}
  return { counts, rows: rows.map(({ rowNo, kind }) => ({ ...placeOfRow(rowNo, sheets), kind })) }
}

function unusedHeaders({ headers, mapping }: BatchRow): string[] {
  const used = new Set([...Object.values(mapping), ...Object.values(rejectHeaders)])
  return [...new Set(headers)].filter((header) => header !== '' && !used.has(header))
}

/** Rejected rows for the screen: secrets masked, offending cells marked, reasons in both languages. */
export async function listRejects({ database, vault }: ViewDeps, scope: BatchScope, ref: string, page: Page) {
  const batch = await getBatchRow({ database }, scope, ref)
  const { definition, headers, mapping, sheets } = batch
  const secrets = secretPlaces(definition, mapping, headers)
  const rows = await listRejectRows(database.db, batch.id, limitsOf(page))
  return {
    total: await countRejects(database.db, batch.id),
    headers,
    rows: rows.map(({ rowNo, rowCipher, reasons }) => ({
      rowNo,
      place: placeOfRow(rowNo, sheets),
      erased: rowCipher === null,
      cells: maskCells(openRow(vault, rowCipher), secrets),
      marked:
        rowCipher === null
          ? []
          : [...new Set(reasons.map(({ key }) => headers.indexOf(mapping[key] ?? '')))].filter(
              (at) => at >= 0,
            ),
      reasons: reasons.map((reason) => ({
        code: reason.code,
        column: reason.key,
        text: describeIn(definition, reason as Reason, sheets),
      })),
    })),
  }
}

/** The reason in both languages; the other row that one names stands in its sheet. */
export function describeIn(definition: FeedDefinition, reason: Reason, sheets: string[] | null) {
  const { sheet, row } = placeOfRow(Number(reason.detail), sheets)
  const placed =
    (reason.code === 'key-conflict' || reason.code === 'number-of-two') && sheet !== null
      ? { ...reason, detail: `${row}(${sheet})` }
      : reason
  return { zh: describeReason(definition, placed), en: describeReasonInEnglish(definition, placed) }
}

/** Rows whose match a person must decide, with both names side by side. */
export async function listReviews({ database, vault }: ViewDeps, scope: BatchScope, ref: string, page: Page) {
  const batch = await getBatchRow({ database }, scope, ref)
  const cellOf = (cells: readonly string[], key: string) =>
    cells[batch.headers.indexOf(batch.mapping[key] ?? '')] ?? ''
  const { total, rows } = await listOpenReviews(database.db, batch.id, limitsOf(page))
  return {
    total,
    rows: rows.map(({ rowCipher, ...row }) => {
      const cells = openRow(vault, rowCipher)
      return {
        ...row,
        rowPlace: placeOfRow(row.rowNo, batch.sheets),
        otherRow: row.otherRow === null ? null : placeOfRow(row.otherRow, batch.sheets),
        nameInFile: cellOf(cells, 'name'),
        idNumberMasked: maskWhole(cellOf(cells, 'idNumber')),
      }
    }),
  }
}

/** The cells of a row as sent; none where its time was over and they were erased. */
export function openRow(vault: FeedsDeps['vault'], cipher: Buffer | null): string[] {
  if (cipher === null) return []
  return z.array(z.string()).parse(JSON.parse(vault.decrypt(cipher)))
}
