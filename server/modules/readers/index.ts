import type { StoredFile } from '#server/platform/files/file-store.ts'
import { readCsv } from './csv.ts'
import { readDbf } from './dbf.ts'
import type { ReadOptions, RowBatch } from './types.ts'
import { readXls } from './xls.ts'
import { readXlsx } from './xlsx/xlsx.ts'

export { inspectFile } from './inspect.ts'
export type {
  FileEncoding,
  FileFormat,
  FileInspection,
  FileProblem,
  InspectedSheet,
  ReadOptions,
  RowBatch,
} from './types.ts'

const readers = { csv: readCsv, dbf: readDbf, xls: readXls, xlsx: readXlsx } as const

/**
 * The rows below the header of any readable file, in order, blank ones left out; memory stays flat at any size (xls aside,
 * which holds 65,536 rows at most). Cells are trimmed text: dates `YYYY-MM-DD`, numbers with all their digits; a number too
 * long for its cell reads as Excel shows it (`3.41221E+17`, see `hasLostDigits`). Throws `file-unreadable` where the file
 * turns out broken on the way, `sheet-not-found` for an unknown sheet.
 */
export function readRows(file: StoredFile, { format, ...options }: ReadOptions): AsyncGenerator<RowBatch> {
  return readers[format](file, options)
}
