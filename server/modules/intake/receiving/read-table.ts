import { inspectFile, readRows } from '#server/modules/readers/index.ts'
import { AppError } from '#server/platform/errors.ts'
import { openStoredFile, removeStoredFile, storeFile } from '#server/platform/files/file-store.ts'
import type { TableFile, TableReader } from '#server/platform/files/table-file.ts'
import type { Platform } from '#server/platform/platform.ts'

const largest = 4 * 2 ** 20

/** Reads a small file of any format a feed may have; it is kept encrypted only as long as it is read. */
export function tableReader({
  fileDirectory,
  vault,
}: Pick<Platform, 'fileDirectory' | 'vault'>): TableReader {
  return async ({ name, body }, { isKnown, maxRows }) => {
    const stored = await storeFile(fileDirectory, vault.fileKeys(), body, largest)
    try {
      const file = await openStoredFile(fileDirectory, vault.fileKeys(), stored.ref)
      try {
        const inspection = await inspectFile(file, name, isKnown)
        if (!inspection.ok) throw new AppError(inspection.code, inspection.details)
        const shown = inspection.sheets.filter(({ hidden }) => !hidden)
        const tables = shown.filter(({ headers }) => headers.filter(isKnown).length >= 2)
        // Its rows are named by their number alone: one of several sheets would be read as if it were all.
        if (tables.length > 1) throw new AppError('sheets-unclear', { same: tables.map((one) => one.name) })
        const sheet = tables[0] ?? shown[0] ?? inspection.sheets[0]
        if (!sheet) throw new AppError('file-empty')
        const { format, encoding } = inspection
        const rows: TableFile['rows'] = []
        const options = { format, encoding, sheet: sheet.name, headerRow: sheet.headerRow }
        for await (const batch of readRows(file, options)) {
          for (const [i, cells] of batch.rows.entries()) {
            if (cells.some((cell) => cell !== '')) rows.push({ line: batch.firstRowNo + i, cells })
            if (rows.length > maxRows) throw new AppError('too-many-rows', { limit: maxRows })
          }
        }
        return { headers: sheet.headers, rows }
      } finally {
        await file.close()
      }
    } finally {
      await removeStoredFile(fileDirectory, stored.ref)
    }
  }
}
