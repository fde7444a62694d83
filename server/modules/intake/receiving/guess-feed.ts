import { hash } from 'node:crypto'

import { columnFor, type FeedDefinition, normalHeader } from '#server/modules/feeds/index.ts'
import type { FileEncoding } from '#server/modules/readers/index.ts'
import { mapCutNames } from './cut-names.ts'

export interface FeedGuess {
  feed: string
  /** Share of the feed's columns that were found, 0–1. */
  score: number
  mapping: Record<string, string>
  saved: boolean
  missingRequired: string[]
  unknownHeaders: string[]
}

/** What a file of rejected rows bears beside the headers it came with. */
export const rejectHeaders = { rowNo: '行号', reasons: '退回原因' } as const
const added: ReadonlySet<string> = new Set(Object.values(rejectHeaders))

/** Files with the same headers in the same order are the same kind of file, a mended file of rejected rows included. */
export function headerDigest(headers: readonly string[]): string {
  return hash('sm3', JSON.stringify(headers.filter((header) => !added.has(header))))
}

/** Column key → header, by standard names and aliases; a column's own name goes before an alias, then the first that fits. */
export function guessMapping(
  feed: FeedDefinition,
  headers: readonly string[],
  file?: WrittenAs,
): Record<string, string> {
  if (file?.format === 'dbf') return mapCutNames(feed, headers, file.encoding).mapping
  const mapping: Record<string, string> = {}
  for (const { key, header: own } of feed.columns) {
    const header = headers.find((one) => normalHeader(one) === normalHeader(own))
    if (header !== undefined) mapping[key] = header
  }
  for (const header of headers) {
    const column = header === '' ? undefined : columnFor(feed, header)
    if (column && !(column.key in mapping) && !Object.values(mapping).includes(header))
      mapping[column.key] = header
  }
  return mapping
}

/** How a file writes its headers; in a dbf they are cut. */
export interface WrittenAs {
  format: string
  encoding: FileEncoding | null
}

/** Required columns without a header; one that is filled from another column may stay away. */
export function missingColumns(feed: FeedDefinition, mapping: Record<string, string>): string[] {
  return (
    feed.columns
      // A member may be without a number; a file that leaves the column out is another file.
      .filter(
        ({ key, type, required, otherwise }) =>
          (required || type === 'idNumber') && !otherwise && !(key in mapping),
      )
      .map(({ key }) => key)
  )
}

/** How well a sheet fits each feed, best first; feeds that share next to nothing with it are left out. */
export function guessFeeds(
  feeds: readonly FeedDefinition[],
  headers: readonly string[],
  saved: ReadonlyMap<string, Record<string, string>> = new Map(),
  file?: WrittenAs,
): FeedGuess[] {
  return feeds
    .map((feed) => {
      const kept = saved.get(feed.code)
      const mapping = kept ?? guessMapping(feed, headers, file)
      const used = new Set(Object.values(mapping))
      return {
        feed: feed.code,
        score: Object.keys(mapping).length / feed.columns.length,
        mapping,
        saved: kept !== undefined,
        missingRequired: missingColumns(feed, mapping),
        unknownHeaders: headers.filter((header) => header !== '' && !used.has(header) && !added.has(header)),
      }
    })
    .filter(({ saved, mapping }) => saved || Object.keys(mapping).length >= 2)
    .sort((a, b) => rank(b, headers) - rank(a, headers))
}

/** A saved mapping decides; then whether the feed could be read at all; then how much of feed and file fit each other. */
function rank({ saved, missingRequired, score, unknownHeaders }: FeedGuess, headers: readonly string[]) {
  const named = Math.max(headers.filter((header) => header !== '').length, 1)
  const recognised = 1 - unknownHeaders.length / named
  return (saved ? 10 : 0) + (missingRequired.length === 0 ? 2 : 0) + score * recognised
}
