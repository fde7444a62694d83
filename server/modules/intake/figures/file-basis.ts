import { compileRowCheck } from '#server/modules/feeds/checks/index.ts'
import type { FeedDefinition } from '#server/modules/feeds/index.ts'
import {
  type Basis,
  basesOfName,
  basesOfNote,
  basesOfTitle,
  cellName,
  monthOfTitle,
} from '#server/modules/feeds/units/index.ts'
import type { BesideRow } from '#server/modules/readers/index.ts'

/** What a title says that the amounts are of, and where it stands. */
export interface FileBasis {
  text: string
  cell: string
  bases: Basis[]
}

interface NumberedCells {
  rowNo: number
  cells: string[]
}

interface TitledSheet {
  headers: readonly string[]
  titles: readonly NumberedCells[]
  beside?: readonly BesideRow[]
  sample: readonly NumberedCells[]
}

/**
 * The first title, name or note that says what the amounts are of. That of a month in which the years of the rows end is of these years; a table with a
 * column of shares per head may well be called after it.
 */
export function titleBasis(
  { headers, titles, beside = [], sample }: TitledSheet,
  { names, notes }: { names: readonly string[]; notes: readonly NumberedCells[] },
  likely: { feed: FeedDefinition; mapping: Record<string, string> } | undefined,
): FileBasis | null {
  const hasShares = headers.some((header) => /人均|户均|平均|亩均/.test(header))
  const titled = [
    ...titles.flatMap(({ rowNo, cells }) => cells.map((text, at) => ({ text, cell: cellName(rowNo, at) }))),
    ...beside.flatMap(({ cell, cells }) => cells.map((text) => ({ text, cell }))),
  ].map(({ text, cell }) => ({ text, cell, bases: text === '' ? [] : basesOfTitle(text) }))
  const named = names.map((text) => ({ text, cell: text, bases: basesOfName(text) }))
  const noted = notes.flatMap(({ rowNo, cells }) =>
    cells.map((text, at) => ({ text, cell: cellName(rowNo, at), bases: basesOfNote(text) })),
  )
  for (const { text, cell, bases: all } of [...titled, ...named, ...noted]) {
    const bases = all.filter(
      (basis) => !hasShares || !['average', 'person', 'mu'].includes(basis) || /\//.test(text),
    )
    if (bases.length === 0) continue
    if (
      bases.every((basis) => basis === 'part-of-year') &&
      likely &&
      endsIn(monthOfTitle(text), likely, headers, sample)
    )
      continue
    return { text, cell, bases }
  }
  return null
}

/** Whether the windows of all rows end in the month. */
function endsIn(
  month: string | undefined,
  { feed, mapping }: { feed: FeedDefinition; mapping: Record<string, string> },
  headers: readonly string[],
  sample: TitledSheet['sample'],
): boolean {
  const to = feed.columns.findIndex(({ key }) => key === feed.window?.to)
  const header = mapping[feed.window?.to ?? '']
  if (month === undefined || to < 0 || header === undefined) return false
  const place = { index: headers.indexOf(header), header }
  const check = compileRowCheck(
    feed,
    { [feed.window?.to ?? '']: place },
    { today: '9999-12-31', settlementToleranceFen: 0 },
  )
  const values: (string | number | boolean | null)[] = []
  const days = sample.flatMap(({ cells }) => {
    check(cells, values)
    return values[to] ?? []
  })
  return days.length > 0 && days.every((day) => String(day).startsWith(month))
}
