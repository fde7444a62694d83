import type { Failure, Value } from '../../definitions/rows/row-rule.ts'
import { dayOf, dayOfSerial } from './calendar.ts'
import { fail, type ReadCell } from './cells.ts'

const dateForm = fail('date-form')
const impossible = fail('date-impossible')
const monthForm = fail('month-form')
const ambiguous = fail('month-ambiguous')
const termForm = fail('term-form')

const digit = (cell: string, at: number) => {
  const value = cell.charCodeAt(at) - 48
  return value >= 0 && value <= 9 ? value : Number.NaN
}
const two = (cell: string, at: number) => digit(cell, at) * 10 + digit(cell, at + 1)

// 2020-3-10, 2020/3/10, 2020.3.10, 2020年3月10日, 20200310, each perhaps with a time of day behind it.
const separated = /^(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?[日号]?(?:[ T]?\d{1,2}:.*)?$/
const compact = /^(\d{4})(\d{2})(\d{2})(?:\d{6})?(?: \d{1,2}:.*)?$/
const serial = /^(\d{5})(?:\.\d+)?$/

function readDay(cell: string): string | Failure {
  if (cell.length === 10 && cell.charCodeAt(4) === 45 && cell.charCodeAt(7) === 45) {
    const day = dayOf(two(cell, 0) * 100 + two(cell, 2), two(cell, 5), two(cell, 8))
    if (day !== undefined) return cell
  }
  const parts = separated.exec(cell) ?? compact.exec(cell)
  if (parts) return dayOf(Number(parts[1]), Number(parts[2]), Number(parts[3])) ?? impossible
  const days = serial.exec(cell)
  // Serials of 1927 to 2147; four digits would rather be a year.
  if (days && Number(days[1]) >= 10_000 && Number(days[1]) <= 90_500) return dayOfSerial(Number(days[1]))
  return dateForm
}

/** A date, never after the batch's day unless the column may lie in the future. */
export function readDate(today: string, mayBeFuture: boolean): ReadCell {
  const future = fail('date-future', today)
  // Files repeat few dates: one look-up replaces parsing and a new string for all but the first.
  return remember((cell) => {
    const day = readDay(cell)
    return typeof day === 'string' && !mayBeFuture && day > today ? future : day
  })
}

const wholeMonth = /^(\d{4}) ?[-/.年]? ?(\d{1,2}) ?月?$/

/** A month as its first day. */
export function readMonth(today: string, mayBeFuture: boolean): ReadCell {
  const future = fail('date-future', today)
  return remember((cell) => {
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
