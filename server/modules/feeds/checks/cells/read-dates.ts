import type { Failure, Value } from '../../definitions/rows/row-rule.ts'
import { dayOf } from './calendar.ts'
import { fail, type ReadCell } from './cells.ts'
import { isNoDay, isOpenEnd, readDay } from './day-shapes.ts'

const monthForm = fail('month-form')
const ambiguous = fail('month-ambiguous')
const termForm = fail('term-form')

/** No entitlement is fixed for so far: programs write such days for none. */
const noEndFrom = '2099-01-01'

/** A date, never after the batch's day unless the column may lie in the future; null where the cell says that there is none. */
export function readDate(today: string, mayBeFuture: boolean, isEnd = false): ReadCell {
  const future = fail('date-future', today)
  // Files repeat few dates: one look-up replaces parsing and a new string for all but the first.
  return remember((cell) => {
    if (isNoDay(cell) || (isEnd && isOpenEnd(cell))) return null
    const day = readDay(cell)
    if (isEnd && typeof day === 'string' && day >= noEndFrom) return null
    return typeof day === 'string' && !mayBeFuture && day > today ? future : day
  })
}

const wholeMonth = /^(\d{4}) ?[-/.年]? ?(\d{1,2}) ?月?$/

/** A month as its first day. */
export function readMonth(today: string, mayBeFuture: boolean): ReadCell {
  const future = fail('date-future', today)
  return remember((cell) => {
    if (isNoDay(cell)) return null
    if (/^\d{4}\.1$/.test(cell)) return ambiguous
    const parts = wholeMonth.exec(cell)
    const day = parts ? dayOf(Number(parts[1]), Number(parts[2]), 1) : readDay(cell)
    if (typeof day !== 'string') return monthForm
    const first = `${day.slice(0, 8)}01`
    return !mayBeFuture && first > today ? future : first
  })
}

/** A school term as `2020春` or `2020秋`; the second term of the school year 2019–2020 is the spring of 2020. */
export const readTerm: ReadCell = remember((cell) => {
  const named = /^(\d{4})年?(春|秋)(?:季|季学期|学期)?$/.exec(cell)
  if (named) return `${named[1]}${named[2]}`
  const numbered = /^(\d{4})[-—~至]+(\d{4})(?:学年)?度?-?第?(一|二|上|下|1|2)(?:学期)?$/.exec(cell)
  if (!numbered || Number(numbered[2]) !== Number(numbered[1]) + 1) return termForm
  return /[一上1]/.test(numbered[3] ?? '') ? `${numbered[1]}秋` : `${numbered[2]}春`
})

/** A text of its own: a longer cell is a window on the block of the file it was cut from, and would keep all of it alive. */
function ownText(cell: string): string {
  return cell.length < 13 ? cell : Buffer.from(cell).toString()
}

/** Remembers what cells of a column read as; bounded, for columns whose every cell differs. */
export function remember(read: ReadCell, limit = 5000): ReadCell {
  const known = new Map<string, Value | Failure>()
  return (cell) => {
    const before = known.get(cell)
    if (before !== undefined) return before
    const value = read(cell)
    if (known.size >= limit) known.clear()
    known.set(ownText(cell), value)
    return value
  }
}
