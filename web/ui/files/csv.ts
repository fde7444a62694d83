import { csvLine, csvMark } from '#contract/csv.ts'

type Cell = string | number | null

/** Opens in Excel as it is: a byte order mark, commas, quotes where needed, nothing that Excel would run as a formula. */
export function toCsv(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return csvMark + [head, ...rows].map((row) => csvLine(row.map((cell) => String(cell ?? '')))).join('')
}
