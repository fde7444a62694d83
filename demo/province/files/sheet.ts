export type Cell = string | number | null

/** A table being written row by row; closing it makes the file whole. */
export interface Sheet {
  row(cells: readonly Cell[]): void
  close(): void
}
