import type { CellObject, WorkBook } from '@e965/xlsx'
import type { StoredFile } from '#server/platform/files/file-store.ts'
import { numberText } from './cells.ts'
import { findEncoding } from './csv.ts'
import { limits } from './limits.ts'
import { unreadable } from './problems.ts'
import { collectRows } from './row-batches.ts'
import type { ReadOptions, RowBatch } from './types.ts'
import { dateKindOf, serialText } from './xlsx/number-formats.ts'

/** 65,536 rows at most, so the whole workbook fits in memory; the cap keeps it so. */
const largestFile = 128 * 1024 * 1024

/** Old binary workbooks, and the HTML or XML tables that export pages save under this name. The library is loaded on first use. */
async function openWorkbook(file: StoredFile): Promise<WorkBook> {
  if (file.size > largestFile) throw unreadable('too-large', { what: 'file', limit: largestFile })
  const { read } = await import('@e965/xlsx')
  const bytes = await file.read(0, file.size)
  const options = { dense: true, cellNF: true, cellText: false, cellHTML: false, cellFormula: false }
  try {
    if (bytes[0] === 0xd0) return read(bytes, { ...options, type: 'buffer' })
    // `raw` keeps the digits of HTML cells, which would become numbers.
    const text = new TextDecoder((await findEncoding(file)).replace('-bom', '')).decode(bytes)
    return read(text, { ...options, type: 'string', raw: true })
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    throw unreadable(/password|encrypt/i.test(message) ? 'encrypted' : 'damaged', {}, error)
  }
}

function cellText(cell: CellObject | undefined, date1904: boolean) {
  if (!cell || cell.v === undefined || cell.v === null) return ''
  if (cell.t === 'n' && typeof cell.v === 'number') {
    const kind = dateKindOf(String(cell.z ?? ''))
    return (kind && serialText(cell.v, kind, date1904)) ?? numberText(String(cell.v))
  }
  if (cell.t === 'b') return cell.v ? 'TRUE' : 'FALSE'
  if (cell.t === 'e') return cell.w ?? '#N/A'
  // Never a `Date`: days come as serials, whose zone nobody has to guess, while `cellDates` is off.
  return String(cell.v)
}

export async function listXlsSheets(file: StoredFile) {
  const book = await openWorkbook(file)
  if (book.SheetNames.length > limits.sheets)
    throw unreadable('too-large', { what: 'sheets', limit: limits.sheets })
  return book.SheetNames.map((name, i) => ({
    name,
    hidden: (book.Workbook?.Sheets?.[i]?.Hidden ?? 0) !== 0,
    lastRow: book.Sheets[name]?.['!data']?.length ?? 0,
    batches: sheetBatches(book, name, 0),
  }))
}

async function* sheetBatches(book: WorkBook, name: string, headerRow: number): AsyncGenerator<RowBatch> {
  const date1904 = book.Workbook?.WBProps?.date1904 ?? false
  const rows = collectRows(headerRow)
  const data = book.Sheets[name]?.['!data'] ?? []
  if (data.length > limits.rows) throw unreadable('too-large', { what: 'rows', limit: limits.rows })
  for (const [i, cells] of data.entries()) {
    if (!cells) continue
    rows.add(
      i + 1,
      // A stray cell far to the right makes a row of holes.
      Array.from(cells.slice(0, limits.columns), (cell: CellObject | undefined) => cellText(cell, date1904)),
    )
    yield* rows.full()
  }
  yield* rows.rest()
}

export async function* readXls(
  file: StoredFile,
  { sheet, headerRow }: Omit<ReadOptions, 'format'>,
): AsyncGenerator<RowBatch> {
  const book = await openWorkbook(file)
  yield* sheetBatches(book, sheet ?? book.SheetNames[0] ?? '', headerRow)
}
