import type { FeedDefinition } from '#server/modules/feeds/index.ts'
import { cellName, unitOfHeader } from '#server/modules/feeds/units/index.ts'
import { AppError } from '#server/platform/errors.ts'
import { doubtfulColumns } from './doubtful-columns.ts'
import type { KeptSheet } from './queries.ts'

type ReadSheet = Pick<KeptSheet, 'headerRow' | 'headers' | 'unitProblem' | 'numeric'>

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
