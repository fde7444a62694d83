import type { ColumnType, FeedDefinition } from '#server/modules/feeds/index.ts'
import { maskShort } from '#server/platform/people/documents.ts'
import { maskIdNumber, maskPhone } from '#server/platform/text.ts'

const secret: ReadonlySet<ColumnType> = new Set(['idNumber', 'disabilityCard', 'phone', 'bankCard'])

/** Positions of the columns that hold secrets, by the mapping. */
export function secretPlaces(
  feed: FeedDefinition,
  mapping: Record<string, string>,
  headers: readonly string[],
): ReadonlySet<number> {
  const places = feed.columns
    .filter(({ type }) => secret.has(type))
    .map(({ key }) => headers.indexOf(mapping[key] ?? ''))
  return new Set(places.filter((place) => place >= 0))
}

/** Cells as a screen may show them: secrets masked by their column, and by their shape where no column is mapped. */
export function maskCells(cells: readonly string[], secrets: ReadonlySet<number>): string[] {
  return cells.map((cell, i) => (secrets.has(i) ? maskWhole(cell) : maskFound(cell)))
}

/** Also what is malformed, for it is most of a secret still. */
export function maskWhole(cell: string): string {
  if (cell.length >= 15) return maskIdNumber(cell)
  if (cell.length >= 11) return maskPhone(cell)
  return cell.length >= 7 ? maskShort(cell) : cell.replace(/./gu, '*')
}

const idNumberInside = /(?<!\d)(?:\d{17}[\dXx]|\d{15})(?:\d{2}|\d{4})?(?!\d)/g
const mobileInside = /(?<!\d)1[3-9]\d{9}(?!\d)/g

function maskFound(cell: string): string {
  if (cell.length < 11) return cell
  return cell.replace(idNumberInside, maskIdNumber).replace(mobileInside, maskPhone)
}
