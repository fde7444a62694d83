import { columnFor, type FeedDefinition, normalHeader } from '#server/modules/feeds/index.ts'
import type { FileEncoding } from '#server/modules/readers/index.ts'

/** Field names of a dbf are ten bytes at most. */
const longest = 10

/** A name of a dbf that may have been any of several columns. */
export interface AmbiguousName {
  header: string
  /** Keys of the columns it may stand for. */
  like: string[]
}

/**
 * Column key → header, where names were cut to ten bytes, some in the middle of a character. Names that were two columns before
 * they were cut are told apart only where the file has one for each and every other column stands in the order of the layout:
 * then it was saved from that layout. Otherwise nobody knows which is which.
 */
export function mapCutNames(
  feed: FeedDefinition,
  headers: readonly string[],
  encoding: FileEncoding | null,
): { mapping: Record<string, string>; ambiguous: AmbiguousName[] } {
  const bytes = (text: string) => lengthIn(text, encoding)
  const order = feed.columns.map(({ key }) => key)
  const found = headers.flatMap((header, at) => {
    const like = likeColumns(feed, header.replace(/\(\d+\)$/, ''), bytes)
    return like.length > 0 ? [{ header, at, like }] : []
  })
  const mapping: Record<string, string> = {}
  for (const { header, like } of found) {
    const [key = ''] = like
    if (like.length === 1 && !(key in mapping)) mapping[key] = header
  }
  const certain = found.filter(({ like }) => like.length === 1)
  const ambiguous: AmbiguousName[] = []
  for (const group of Map.groupBy(
    found.filter(({ like }) => like.length > 1),
    ({ like }) => like.join(),
  ).values()) {
    const like = group[0]?.like ?? []
    const places = [...certain, ...group.map((one, i) => ({ ...one, like: [like[i] ?? ''] }))]
      .sort((a, b) => a.at - b.at)
      .map((one) => order.indexOf(one.like[0] ?? ''))
    const isInOrder = places.every((place, i) => i === 0 || place > (places[i - 1] ?? 0))
    if (group.length === like.length && isInOrder)
      for (const [i, { header }] of group.entries()) mapping[like[i] ?? ''] = header
    else ambiguous.push(...group.map(({ header }) => ({ header, like })))
  }
  return { mapping, ambiguous }
}

/** The columns a name may have been; a short one was not cut. Programs number names that became the same: `生产经营_1`. */
function likeColumns(feed: FeedDefinition, header: string, bytes: (text: string) => number): string[] {
  const exact = columnFor(feed, header)?.key
  const stem = /^(.*[^\x20-\x7e])_?\d$/.exec(header)?.[1]
  const isCut = (name: string) => {
    if (bytes(name) <= longest) return false
    const plain = name.replace(/\s/g, '')
    if (normalHeader(cut(plain, bytes)) === normalHeader(header)) return true
    return stem !== undefined && bytes(header) >= longest - 2 && plain.startsWith(stem)
  }
  const like = feed.columns.filter(
    ({ key, header: own, aliases }) => key === exact || [own, ...aliases].some(isCut),
  )
  return like.map(({ key }) => key)
}

function cut(name: string, bytes: (text: string) => number): string {
  let kept = ''
  for (const letter of name) {
    if (bytes(kept + letter) > longest) break
    kept += letter
  }
  return kept
}

function lengthIn(text: string, encoding: FileEncoding | null): number {
  const perLetter = encoding === 'utf-8' ? 3 : 2
  let length = 0
  for (const letter of text) length += letter <= '\x7f' ? 1 : perLetter
  return length
}
