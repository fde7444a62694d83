import type { RowPlace } from '#contract/feeds/place-of-row.ts'

/** A row as the sender finds it: its number, behind the sheet where the batch took several. */
export const rowIn = ({ sheet, row }: RowPlace): string => (sheet === null ? String(row) : `${sheet} ${row}`)
