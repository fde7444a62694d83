import type { FeedDefinition } from '#server/modules/feeds/index.ts'
import { basesOfHeader, cellName, otherBasis, unitOfHeader } from '#server/modules/feeds/units/index.ts'
import { AppError } from '#server/platform/errors.ts'
import { doubtfulColumns } from './doubtful-columns.ts'
import type { KeptSheet } from './queries.ts'

type ReadSheet = Pick<KeptSheet, 'headerRow' | 'headers' | 'unitProblem' | 'numeric' | 'basis'>

/** Amounts whose unit is foreign, unknown or said twice are not taken; a feed without amounts does not mind. */
export function refuseUnits(feed: FeedDefinition, sheet: ReadSheet, mapping: Record<string, string>) {
  const money = feed.columns.filter(({ key, type }) => type === 'money' && key in mapping)
  if (money.length === 0) return
  const problem = sheet.unitProblem
  if (problem)
    throw new AppError(problem.code, { text: problem.text, cell: problem.cell, other: problem.other })
  for (const { key } of money) {
    const header = mapping[key] ?? ''
    const unit = unitOfHeader(header)
    if ('problem' in unit) {
      const cell = cellName(sheet.headerRow, sheet.headers.indexOf(header))
      throw new AppError(unit.problem, { text: unit.text, cell })
    }
  }
}

/** Amounts of a person, a month, an average are not taken for those of the row: what divides them is not known. */
export function refuseBases(feed: FeedDefinition, sheet: ReadSheet, mapping: Record<string, string>) {
  for (const column of feed.columns.filter(({ key, type }) => type === 'money' && key in mapping)) {
    const header = mapping[column.key] ?? ''
    const wanted = { grain: feed.grain, per: column.per ?? (feed.window ? 'window' : 'row') } as const
    const own = basesOfHeader(header)
    const differs = otherBasis(own, wanted)
    if (differs) {
      const cell = cellName(sheet.headerRow, sheet.headers.indexOf(header))
      throw new AppError('basis-differs', { text: header, cell, basis: differs, column: column.key })
    }
    // What a header says goes before the title.
    const ofTitle = own.length > 0 ? undefined : otherBasis(sheet.basis?.bases ?? [], wanted)
    if (ofTitle && sheet.basis) {
      const { text, cell } = sheet.basis
      throw new AppError('basis-differs', { text, cell, basis: ofTitle, column: column.key })
    }
  }
}

/** The doubtful columns that were declared not needed; `columns-doubtful` while one has no answer. */
export function leaveOut(
  feed: FeedDefinition,
  { headers, numeric }: ReadSheet,
  mapping: Record<string, string>,
  answer: readonly string[] | 'all' = [],
): string[] {
  const doubtful = doubtfulColumns(feed, { headers, figures: numeric }, mapping)
  const open = answer === 'all' ? [] : doubtful.filter(({ header }) => !answer.includes(header))
  if (open.length > 0) throw new AppError('columns-doubtful', { columns: open })
  return doubtful.map(({ header }) => header)
}
