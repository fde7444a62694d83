import { feeds } from '#server/modules/feeds/definitions/index.ts'
import { type Column, columnFor, type FeedDefinition } from '#server/modules/feeds/definitions/kit.ts'
import type { Look } from './looks.ts'

export type { Column, FeedDefinition }

export function feedOf(code: string): FeedDefinition {
  const feed = feeds.find((one) => one.code === code)
  if (!feed) throw new Error(`no feed ${code}`)
  return feed
}

/** The headers of a department's file, proven to mean the feed's columns. */
export function headersOf(feed: FeedDefinition, look: Look): string[] {
  return feed.columns.map((column) => {
    const header = look.headers[column.key] ?? column.header
    const meant = columnFor(feed, header)
    if (meant?.key !== column.key)
      throw new Error(
        `feed ${feed.code}: header ${header} means ${meant?.key ?? 'nothing'}, not ${column.key}`,
      )
    return header
  })
}
