import type { Readable } from 'node:stream'

/** The rows of a small file that a person wrote, whatever its format; handed in by main, read by the feeds' readers. */
export interface TableFile {
  headers: string[]
  /** `line` counts as the user's program shows it. */
  rows: { line: number; cells: string[] }[]
}

/** Throws `file-empty`, `file-unreadable`, `header-not-found`, `sheets-unclear` {same} (several sheets hold such a table), `file-too-large`, `too-many-rows`. */
export type TableReader = (
  file: { name: string; body: Readable },
  options: { isKnown: (header: string) => boolean; maxRows: number },
) => Promise<TableFile>
