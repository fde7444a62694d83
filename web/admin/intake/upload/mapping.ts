import type { ColumnMapping, Feed, Upload } from '#contract/feeds/feeds.ts'

export type Sheet = Upload['sheets'][number]

export interface MappedColumn {
  column: Feed['columns'][number]
  /** Header of the file, undefined where the file has no such column. */
  header: string | undefined
  /** What the first row of the file says there, masked. */
  sample: string
}

/** The feed a sheet most likely holds, the server's first guess; `sure`: whether it needs no second look. */
export function bestGuess(sheet: Sheet): { guess: Sheet['guesses'][number]; sure: boolean } | undefined {
  const [guess] = sheet.guesses
  return guess && { guess, sure: guess.saved || guess.missingRequired.length === 0 }
}

export function mappingFor(sheet: Sheet, feed: string): ColumnMapping {
  return sheet.guesses.find((guess) => guess.feed === feed)?.mapping ?? {}
}

/** Every column of the feed with what the file has for it: required ones first, each group in the feed's order. */
export function mapColumns(feed: Feed, sheet: Sheet, mapping: ColumnMapping): MappedColumn[] {
  const all = feed.columns.map((column) => {
    const header = mapping[column.key]
    const at = header === undefined ? -1 : sheet.headers.indexOf(header)
    return { column, header: at < 0 ? undefined : header, sample: sheet.preview[0]?.[at] ?? '' }
  })
  return [...all.filter(({ column }) => column.required), ...all.filter(({ column }) => !column.required)]
}

export function missingRequired(columns: readonly MappedColumn[]): MappedColumn[] {
  return columns.filter(({ column, header }) => column.required && header === undefined)
}

/** Other sheets of the file that have every column the mapping reads; rows of a workbook of one sheet a township belong together. */
export function alikeSheets({ sheets }: Upload, sheet: Sheet, mapping: ColumnMapping): string[] {
  const used = Object.values(mapping)
  if (used.length < 2) return []
  return sheets
    .filter((other) => other.name !== sheet.name && used.every((header) => other.headers.includes(header)))
    .map(({ name }) => name)
}

/** Headers of the file that no column uses, each once. */
export function unusedHeaders(sheet: Sheet, mapping: ColumnMapping): string[] {
  const used = new Set(Object.values(mapping))
  return [...new Set(sheet.headers)].filter((header) => header !== '' && !used.has(header))
}

/** Doubtful columns that the mapping still leaves unused, each once. */
export function openDoubts<Doubt extends { header: string }>(
  doubtful: readonly Doubt[],
  mapping: ColumnMapping,
): Doubt[] {
  const used = new Set(Object.values(mapping))
  const byHeader = new Map(doubtful.map((doubt) => [doubt.header, doubt]))
  return [...byHeader.values()].filter(({ header }) => !used.has(header))
}

/** A header serves one column only: mapped to one, it is removed from the other. */
export function assign(mapping: ColumnMapping, key: string, header: string | undefined): ColumnMapping {
  const rest = Object.entries(mapping).filter(([other, taken]) => other !== key && taken !== header)
  return Object.fromEntries(header === undefined ? rest : [...rest, [key, header]])
}
