import { feeds } from '#server/modules/feeds/index.ts'
import type { Look } from './looks.ts'

export type FeedDefinition = (typeof feeds)[number]
export type Column = FeedDefinition['columns'][number]

export function feedOf(code: string): FeedDefinition {
  const feed = feeds.find((one) => one.code === code)
  if (!feed) throw new Error(`no feed ${code}`)
  // Everybody of the demonstration has a resident's number: no department says which kind of paper it is.
  return { ...feed, columns: feed.columns.filter(({ use }) => use !== 'read') }
}

/** The headers of a department's file, each a name that the feed's definition knows for that column. */
export function headersOf(feed: FeedDefinition, look: Look): string[] {
  return columnsOf(feed, look).map(({ key, header: standard, aliases, type }) => {
    const header = look.headers[key] ?? standard
    if (header !== standard && !aliases.includes(header))
      throw new Error(`feed ${feed.code}: nothing says that ${header} is ${key}`)
    return type === 'money' && look.moneyIn ? `${header}(${look.moneyIn})` : header
  })
}

/** The columns that a department fills, in its order. */
export function columnsOf(feed: FeedDefinition, look: Look): readonly Column[] {
  return (
    look.columns?.map((key) => {
      const column = feed.columns.find((one) => one.key === key)
      if (!column) throw new Error(`feed ${feed.code} has no column ${key}`)
      return column
    }) ?? feed.columns
  )
}
