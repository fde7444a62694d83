import { yuan } from '#contract/feeds/money-units.ts'
import type { ColumnMapping } from '#server/modules/feeds/checks/index.ts'
import type { FeedDefinition } from '#server/modules/feeds/index.ts'
import { type FileUnit, unitOfHeader } from '#server/modules/feeds/units/index.ts'

/** How the columns of a file are read. */
export interface ReadAs {
  headers: readonly string[]
  /** Column key → header of the file. */
  mapping: Readonly<Record<string, string>>
  /** What the file says of all its amounts. */
  unit: FileUnit | null
}

/** What is read from where; `headers` and `mapping` give each column its place. */
export function columnPlaces({ headers, mapping, unit }: ReadAs): ColumnMapping {
  const places: Record<string, { index: number; header: string; unit?: number }> = {}
  for (const [key, header] of Object.entries(mapping)) {
    const index = headers.indexOf(header)
    if (index >= 0) places[key] = { index, header, ...(unit ? { unit: unit.digits } : {}) }
  }
  return places
}

export type Stated = 'header' | 'file' | 'none'

/** The unit a header's amounts are in, and who says so; a header's own word goes before the file's, and silence means yuan. */
export function unitOf(header: string, unit: FileUnit | null): { digits: number; stated: Stated } {
  const own = unitOfHeader(header)
  if ('digits' in own && own.digits !== undefined) return { digits: own.digits, stated: 'header' }
  return unit ? { digits: unit.digits, stated: 'file' } : { digits: yuan, stated: 'none' }
}

/** The money columns that are read, by key. */
export function moneyColumns(feed: FeedDefinition, { headers, mapping, unit }: ReadAs) {
  return feed.columns.flatMap(({ key, type }, at) => {
    const header = mapping[key]
    return type === 'money' && header !== undefined && headers.includes(header)
      ? [{ key, at, header, ...unitOf(header, unit) }]
      : []
  })
}
