import { checkDigitOf } from '#server/platform/id-number.ts'
import type { ReasonCode } from '../../definitions/rows/reasons.ts'
import { daysInMonth } from './calendar.ts'

// GB/T 2260: the first two digits of every provincial code ever used in ID numbers.
const regions = new Uint8Array(100)
for (const code of [
  11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61,
  62, 63, 64, 65, 71, 81, 82, 83,
]) {
  regions[code] = 1
}

const two = (text: string, at: number) => (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48

/** The numbers of foreigners' permanent residence cards begin with a 9; the province that issued the card follows. */
const regionOf = (id: string) => two(id, id.startsWith('9') ? 1 : 0)

/** What is wrong with an 18-character number (digits, the last perhaps X); undefined when it is sound on that day. */
export function faultOf(id: string, today: string): ReasonCode | undefined {
  const right = checkDigitOf(id)
  const last = id.charCodeAt(17)
  if (right === '' || ((last < 48 || last > 57) && last !== 88)) return 'id-characters'
  if (last !== right.charCodeAt(0)) return id.endsWith('000') ? 'id-rounded' : 'id-check-digit'
  if (regions[regionOf(id)] !== 1) return 'id-region'
  const year = two(id, 6) * 100 + two(id, 8)
  const month = two(id, 10)
  const day = two(id, 12)
  if (year < 1880 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return 'id-birth'
  return year * 10_000 + month * 100 + day > dayNumber(today) ? 'id-birth' : undefined
}

/** The same of the card's first form, `VNM341285030501`: a country, where it was issued, and a day of birth. */
export function faultOfOldCard(card: string): ReasonCode | undefined {
  if (regions[two(card, 3)] !== 1) return 'id-region'
  const [year, month, day] = [1900 + two(card, 7), two(card, 9), two(card, 11)]
  return month < 1 || month > 12 || day < 1 || day > daysInMonth(year === 1900 ? 2000 : year, month)
    ? 'id-birth'
    : undefined
}

const dayNumber = (day: string) =>
  (two(day, 0) * 100 + two(day, 2)) * 10_000 + two(day, 5) * 100 + two(day, 8)
