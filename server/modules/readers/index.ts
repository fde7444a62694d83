import { rowsPerSheet } from '#contract/feeds/place-of-row.ts'
import type { StoredFile } from '#server/platform/files/file-store.ts'
import { readHtml } from './books/html.ts'
import { readMarkup } from './books/markup.ts'
import { readXls } from './books/xls.ts'
import { readCsv } from './csv.ts'
import { readDbf } from './dbf.ts'
import type { SheetOfFile } from './row-batches.ts'
import type { FileEncoding, FileFormat, ReadOptions, RowBatch } from './types.ts'
import { readXlsx } from './xlsx/xlsx.ts'

export { inspectFile } from './inspect.ts'
export type {
  BesideRow,
  FileEncoding,
  FileFormat,
  FileInspection,
  FileProblem,
  InspectedSheet,
  OtherSheet,
  ReadOptions,
  RowBatch,
  RowFault,
  SheetLayout,
} from './types.ts'

type Reader = (
  file: StoredFile,
  sheets: readonly SheetOfFile[],
  encoding: FileEncoding | null,
) => AsyncGenerator<RowBatch>

const readers: Record<FileFormat, Reader> = {
  csv: readCsv,
  dbf: readDbf,
  xls: readXls,
  xlsb: readXls,
  xml: (file, sheets) => readMarkup(file, 'xml', sheets),
  html: readHtml,
  ods: (file, sheets) => readMarkup(file, 'ods', sheets),
  xlsx: readXlsx,
}

/**
 * The rows below the header of any readable file, in order, blank ones left out; memory stays flat at any size (old and web
 * formats aside, which are small). Cells are trimmed text: dates `YYYY-MM-DD`, numbers with all their digits; a number too
 * long for its cell reads as Excel shows it (`3.41221E+17`, see `hasLostDigits`). An error is what stands in the cell
 * (`#REF!`), and a formula without a result its own text (`=1550*12`, see `unanswered`): neither is empty. A merged cell fills the rows it covers.
 * Throws `file-unreadable` where the file turns out broken on the way, `sheet-not-found` for an unknown sheet.
 */
export function readRows(file: StoredFile, options: ReadOptions): AsyncGenerator<RowBatch> {
  const { format, encoding, sheet, headerRow, layouts, mergesRows } = options
  const wanted = layouts?.length
    ? layouts.map((one, k) => ({
        ...one,
        places: one.places ?? undefined,
        offset: k * rowsPerSheet,
        mergesRows,
      }))
    : [{ name: sheet ?? null, headerRow, offset: 0, mergesRows }]
  return readers[format](file, wanted, encoding)
}
