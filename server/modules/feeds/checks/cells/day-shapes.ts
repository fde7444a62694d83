import { beijingDay, weekdayOf } from '#contract/days.ts'
import type { Failure } from '../../definitions/rows/row-rule.ts'
import { dayOf, dayOfSerial } from './calendar.ts'
import { fail } from './cells.ts'

const dateForm = fail('date-form')
const impossible = fail('date-impossible')
const ambiguous = fail('date-ambiguous')

const digit = (cell: string, at: number) => {
  const value = cell.charCodeAt(at) - 48
  return value >= 0 && value <= 9 ? value : Number.NaN
}
const two = (cell: string, at: number) => digit(cell, at) * 10 + digit(cell, at + 1)

const weekday = '[(\\[]?(?:星期|周|礼拜)([一二三四五六日天])[)\\]]?'
const time =
  '(?:上午|下午|早上|晚上|中午|凌晨|AM|PM)? ?\\d{1,2}(?:[:时点]\\d{0,2}(?:[:分]\\d{0,2}(?:[.,]\\d+)?秒?)?)? ?(?:AM|PM)?'
// 2020-3-10, 2020/3/10, 2020.3.10, 2020 03 10, 2020年3月10日: perhaps a weekday, perhaps a time of day behind it.
const separated = new RegExp(
  `^(\\d{4}) ?[-/.年\\\\ ] ?(\\d{1,2}) ?[-/.月\\\\ ] ?(\\d{1,2}) ?[日号]?\\.? ?(?:${weekday})?(?:[ T]?${time})?$`,
  'i',
)
const compact = /^(\d{4})(\d{2})(\d{2})(?:[ T]?\d{2}:?\d{2}(?::?\d{2})?)?(?:\.0+)?(?: \d{1,2}:.*)?$/
const serial = /^(\d{5})(?:\.\d+)?$/
const instant =
  /^\d{4}-\d{1,2}-\d{1,2}[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)? ?(?:Z|UTC|GMT|(?:UTC|GMT)?[+-]\d{2}:?(?:\d{2})?)$/i
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const dayMonthYear = /^(\d{1,2})[- ./]([a-z]{3,9})\.?[- ./,]+(\d{4}|\d{2})$/i
const monthDayYear = /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/i
// What programs print: `Thu Mar 05 2020 …` and `Thu Mar 05 00:00:00 CST 2020`.
const printed = /^[a-z]{3},? ([a-z]{3}) (\d{1,2}) (?:(\d{4})(?: .*)?|[\d:]+ (?:CST|GMT\+08:00) (\d{4}))$/i

/**
 * The day a cell names: one and only one, or why not. A time stamp with a zone is the day in China. Where day and month, or the century,
 * could be others the cell is refused (`3/5/2020`, `20-03-05`), and so is a month without its day (decision 0063). Above twelve a number
 * is the day, wherever it stands: `13/03/2020`.
 */
export function readDay(cell: string): string | Failure {
  if (cell.length === 10 && cell.charCodeAt(4) === 45 && cell.charCodeAt(7) === 45) {
    const day = dayOf(two(cell, 0) * 100 + two(cell, 2), two(cell, 5), two(cell, 8))
    if (day !== undefined) return cell
  }
  if (instant.test(cell)) return dayOfInstant(cell)
  // Milliseconds since 1970, of 1979 to 2001 with twelve digits.
  if (/^1[0-7]\d{11}$|^[3-9]\d{11}$/.test(cell)) return beijingDay(Number(cell))
  const parts = separated.exec(cell) ?? compact.exec(cell)
  if (parts) {
    const day = dayOf(Number(parts[1]), Number(parts[2]), Number(parts[3]))
    return day === undefined || contradicts(day, parts[4]) ? impossible : day
  }
  const days = serial.exec(cell)
  // Serials of 1927 to 2147; four digits would rather be a year.
  if (days && Number(days[1]) >= 10_000 && Number(days[1]) <= 90_500) return dayOfSerial(Number(days[1]))
  if (/^1[0-7]\d{8}$/.test(cell)) return beijingDay(Number(cell) * 1000)
  return inWords(cell) ?? inChinese(cell) ?? ofTheRepublic(cell) ?? yearLast(cell) ?? dateForm
}

function dayOfInstant(cell: string): string | Failure {
  const [, year = '', month = '', date = '', hour = '', rest = '', sign, hours, minutes] =
    /^(\d{4})-(\d{1,2})-(\d{1,2})[T ](\d{1,2})(:\d{2}(?::\d{2})?).*?(?:([+-])(\d{2}):?(\d{2})?|[A-Z]+)$/i.exec(
      cell,
    ) ?? []
  const day = dayOf(Number(year), Number(month), Number(date))
  if (day === undefined || Number(hour) > 24) return impossible
  const zone = sign === undefined ? 'Z' : `${sign}${hours}:${minutes ?? '00'}`
  const at = Date.parse(`${day}T${hour.padStart(2, '0')}${rest}${zone}`)
  return Number.isNaN(at) ? impossible : beijingDay(at)
}

const weekdays = '一二三四五六日'

/** A weekday beside a date that falls on another: one of the two is wrong, and nobody knows which. */
function contradicts(day: string, named: string | undefined): boolean {
  return named !== undefined && weekdays.indexOf(named === '天' ? '日' : named) !== weekdayOf(day)
}

/** A month by its English name leaves no doubt which number is the day; two digits of a year are read as Excel does that writes them. */
function inWords(cell: string): string | Failure | undefined {
  const parts = dayMonthYear.exec(cell)
  const other = monthDayYear.exec(cell) ?? printed.exec(cell)
  if (!parts && !other) return undefined
  const [date, name, year] = parts
    ? [parts[1], parts[2], parts[3]]
    : [other?.[2], other?.[1], other?.[3] ?? other?.[4]]
  const month = months.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1
  if (month === 0) return dateForm
  return dayOf(fullYear(year ?? ''), month, Number(date)) ?? impossible
}

const fullYear = (year: string) =>
  year.length === 4 ? Number(year) : Number(year) + (Number(year) < 30 ? 2000 : 1900)

const numerals: Readonly<Record<string, number>> = Object.fromEntries(
  [...'〇一二三四五六七八九']
    .map((letter, i) => [letter, i])
    .concat([
      ['零', 0],
      ['○', 0],
      ['Ｏ', 0],
      ['O', 0],
      ['0', 0],
      ['元', 1],
    ]),
)
const chinese =
  /^([一二三四五六七八九〇零○O0]{4})年(元|[一二三四五六七八九十〇零]{1,2})月([一二三四五六七八九十廿卅〇零]{1,3})[日号]?$/

/** 二〇二〇年三月五日, 二零二零年十二月三十一日. */
function inChinese(cell: string): string | Failure | undefined {
  const parts = chinese.exec(cell.replaceAll(' ', ''))
  if (!parts) return undefined
  const year = [...(parts[1] ?? '')].reduce((sum, letter) => sum * 10 + (numerals[letter] ?? 0), 0)
  return dayOf(year, chineseNumber(parts[2] ?? ''), chineseNumber(parts[3] ?? '')) ?? impossible
}

/** 1 to 39, in both ways of writing: 二十五, 二五, 廿五, 〇五. */
function chineseNumber(text: string): number {
  const [, tens, ones = ''] = /^([二三]?十|廿|卅)?([一二三四五六七八九〇零]{0,2}|元)$/.exec(text) ?? []
  const units = [...ones].reduce((sum, letter) => sum * 10 + (numerals[letter] ?? 0), 0)
  if (tens === undefined) return text.includes('十') ? Number.NaN : units
  if (tens === '廿') return 20 + units
  if (tens === '卅') return 30 + units
  return (tens.length === 1 ? 1 : (numerals[tens[0] ?? ''] ?? 0)) * 10 + units
}

const republic = /^民国 ?(\d{1,3}|元) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]?$/

/** 民国109年3月5日, counted from 1912. */
function ofTheRepublic(cell: string): string | Failure | undefined {
  const parts = republic.exec(cell)
  if (!parts) return undefined
  const year = parts[1] === '元' ? 1 : Number(parts[1])
  return dayOf(1911 + year, Number(parts[2]), Number(parts[3])) ?? impossible
}

const lastYear = /^(\d{1,2}) ?([-/.]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{2})(?:[ T].*)?$/

/** The year last: day and month can be told apart where one of them is above twelve. */
function yearLast(cell: string): string | Failure | undefined {
  const parts = lastYear.exec(cell)
  if (!parts) return undefined
  const [first, second] = [Number(parts[1]), Number(parts[3])]
  if (parts[4]?.length !== 4 || (first <= 12 && second <= 12 && first !== second)) return ambiguous
  return dayOf(Number(parts[4]), Math.min(first, second), Math.max(first, second)) ?? impossible
}

const nothing =
  /^(?:0000[-/.]?00[-/.]?00(?:[ T].*)?|1900[-/.年]0?1[-/.月]0?0日?(?:[ T].*)?|1899[-/.]12[-/.]3[01](?:[ T].*)?|0001[-/.]?01[-/.]?01(?:[ T].*)?|0(?:\.0+)?|00:00(?::00)?)$/

/** What programs write where no day was entered: `0000-00-00`, and the zero day of Excel, however it is shown. */
export function isNoDay(cell: string): boolean {
  const first = cell.charCodeAt(0)
  return (first === 0x30 || first === 0x31) && nothing.test(cell)
}

const openEnd =
  /^(?:[-—~至]*(?:今|现在|目前)|长期(?:有效|享受)?|永久(?:有效)?|永远|终身|无固定期限|无期限?|不限|无限期|未停(?:发|保)?|在享|享受中|正在享受|持续(?:享受)?|仍在享受)$/

/** Whether an end says that there is none: 长期, 至今, 9999-12-31. No entitlement is fixed for a day that far off. */
export function isOpenEnd(cell: string): boolean {
  const first = cell.charCodeAt(0)
  if (first >= 0x30 && first <= 0x39)
    return cell === '2958465' || /^(?:2099|2[1-9]\d\d|[3-9]\d{3})(?:[-/.年]|\d{4}(?:\.0+|\d{6})?$)/.test(cell)
  return openEnd.test(cell.replaceAll(' ', ''))
}
