import type { MergedRange } from '../sheets/merged-cells.ts'

/** What a workbook written as one text says, in its order. */
export interface MarkupEvents {
  sheet(name: string, hidden: boolean): void
  /** The sheet that is being read turns out to be hidden. */
  hide(): void
  /** `times` rows alike, the first of them `rowNo`; merged cells that begin in it come first. */
  row(rowNo: number, cells: string[], times: number, hidden: boolean): void
  merged(range: MergedRange): void
}

export interface MarkupParser {
  write(text: string): unknown
  close(): unknown
}
