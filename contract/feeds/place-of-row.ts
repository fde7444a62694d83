/**
 * Room for the rows of each sheet of a batch: row 13 of the third sheet is row 2 × 2²¹ + 13, so that one number still tells every
 * row of a file from the others. No sheet of a workbook has half as many rows; 200 sheets stay within an integer.
 */
export const rowsPerSheet = 2 ** 21

export interface RowPlace {
  /** Null where the batch took one sheet only. */
  sheet: string | null
  /** As the sender counts, from 1. */
  row: number
}

/** Where a row of a batch stands in its file, by the sheets the batch took together. */
export function placeOfRow(rowNo: number, sheets: readonly string[] | null): RowPlace {
  const sheet = sheets?.[Math.floor(rowNo / rowsPerSheet)]
  return sheet === undefined ? { sheet: null, row: rowNo } : { sheet, row: rowNo % rowsPerSheet }
}
