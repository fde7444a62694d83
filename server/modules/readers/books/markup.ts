import { AppError } from '#server/platform/errors.ts'
import type { StoredFile } from '#server/platform/files/file-store.ts'
import { findEncoding } from '../csv.ts'
import { limits } from '../limits.ts'
import { unreadable } from '../problems.ts'
import { collectRows, type RowCollector, type SheetOfFile, wholeSheet } from '../row-batches.ts'
import { collectRanges, type MergedRange } from '../sheets/merged-cells.ts'
import type { RowBatch } from '../types.ts'
import { openPackage } from '../xlsx/xlsx-package.ts'
import type { MarkupEvents } from './markup-events.ts'
import { openOdsParser } from './ods.ts'
import { openXml2003Parser } from './xml-2003.ts'

export type MarkupFormat = 'ods' | 'xml'

interface MarkupRow {
  rowNo: number
  cells: string[]
  times: number
  hidden: boolean
}

interface MarkupPiece {
  sheet: { name: string; position: number; hidden: boolean }
  rows: MarkupRow[]
  merged: MergedRange[]
}

/** The content of a package, or the file itself where it is one text. */
async function contentOf(file: StoredFile) {
  const isPackage = (await file.read(0, 2)).toString('latin1') === 'PK'
  return isPackage ? (await openPackage(file)).chunks('content.xml') : file.chunks()
}

/** The sheets in pieces of some thousand cells, in their order. */
async function* piecesOf(file: StoredFile, format: MarkupFormat): AsyncGenerator<MarkupPiece> {
  const decoder = new TextDecoder(format === 'ods' ? 'utf-8' : (await findEncoding(file)).replace('-bom', ''))
  let pieces: MarkupPiece[] = []
  let sheets = 0
  const last = () => pieces.at(-1)
  const events: MarkupEvents = {
    sheet(name, hidden) {
      if (++sheets > limits.sheets) throw unreadable('too-large', { what: 'sheets', limit: limits.sheets })
      pieces.push({ sheet: { name, hidden, position: sheets - 1 }, rows: [], merged: [] })
    },
    hide() {
      const open = last()
      if (open) open.sheet.hidden = true
    },
    row: (rowNo, cells, times, hidden) => last()?.rows.push({ rowNo, cells, times, hidden }),
    merged: (range) => last()?.merged.push(range),
  }
  const parser = format === 'ods' ? openOdsParser(events) : openXml2003Parser(events)
  for await (const chunk of await contentOf(file)) {
    parser.write(decoder.decode(chunk, { stream: true }))
    yield* pieces
    const open = last()
    pieces = open ? [{ sheet: open.sheet, rows: [], merged: [] }] : []
  }
  parser.close()
  yield* pieces
}

const isBlank = ({ cells }: MarkupRow) => cells.every((cell) => cell === '')

export interface MarkupSheet {
  name: string
  hidden: boolean
  lastRow: number
  rows: { rowNo: number; cells: string[] }[]
  merged: MergedRange[]
}

/** Sheets with their first rows; the whole content is read, for the last sheet lies behind all others. */
export async function listMarkupSheets(
  file: StoredFile,
  format: MarkupFormat,
  rowCount: number,
): Promise<MarkupSheet[]> {
  const sheets: MarkupSheet[] = []
  for await (const { sheet, rows, merged } of piecesOf(file, format)) {
    sheets[sheet.position] ??= { name: sheet.name, hidden: sheet.hidden, lastRow: 0, rows: [], merged: [] }
    const found = sheets[sheet.position]
    if (!found) continue
    found.hidden = sheet.hidden
    if (found.rows.length < rowCount) for (const range of merged) found.merged.push(range)
    const collected = collectRows(wholeSheet)
    for (const row of rows) {
      if (isBlank(row)) continue
      found.lastRow = Math.min(row.rowNo + row.times - 1, limits.rows)
      const wanted = Math.min(row.times, rowCount - found.rows.length)
      for (let i = 0; i < wanted; i++) collected.add(row.rowNo + i, [...row.cells])
    }
    for (const { firstRowNo, rows: some } of collected.rest())
      found.rows.push(...some.map((cells, i) => ({ rowNo: firstRowNo + i, cells })))
    found.rows.length = Math.min(found.rows.length, rowCount)
  }
  return sheets
}

/** One pass over the content, whichever sheets are wanted. Merged cells are told where they begin, before the rows they cover. */
export async function* readMarkup(
  file: StoredFile,
  format: MarkupFormat,
  wanted: readonly SheetOfFile[],
): AsyncGenerator<RowBatch> {
  const left = [...wanted]
  let open:
    | { position: number; rows: RowCollector; merged: ReturnType<typeof collectRanges>; seen: number }
    | undefined
  for await (const { sheet, rows, merged } of piecesOf(file, format)) {
    if (open?.position !== sheet.position) {
      if (open) yield* open.rows.rest()
      open = undefined
      const at = left.findIndex(({ name }) => name === sheet.name || (name === null && sheet.position === 0))
      const [found] = at < 0 ? [] : left.splice(at, 1)
      if (!found) {
        if (left.length === 0) return
        continue
      }
      const ranges = collectRanges()
      open = { position: sheet.position, rows: collectRows(found, ranges.ranges), merged: ranges, seen: 0 }
    }
    for (const range of merged) open.merged.add(range)
    for (const row of rows) {
      if (isBlank(row)) continue
      open.seen += row.times
      if (open.seen > limits.rows || row.rowNo + row.times - 1 > limits.rows)
        throw unreadable('too-large', { what: 'rows', limit: limits.rows })
      for (let i = 0; i < row.times; i++) {
        open.rows.add(row.rowNo + i, [...row.cells], row.hidden)
        yield* open.rows.full()
      }
    }
  }
  if (left[0]) throw new AppError('sheet-not-found', { sheet: left[0].name })
  if (open) yield* open.rows.rest()
}
