import { daysInMonth } from './calendar.ts'
import type { ReasonCode } from './reasons.ts'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checkDigits = '10X98765432'

// GB/T 2260: the first two digits of every provincial code ever used in ID numbers.
const regions = new Uint8Array(100)
for (const code of [
  11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61,
  62, 63, 64, 65, 71, 81, 82, 83,
]) {
  regions[code] = 1
}

/** GB 11643: the 18th character that belongs to the first 17 digits. */
export function checkDigitOf(digits: string): string {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += (digits.charCodeAt(i) - 48) * (weights[i] ?? 0)
  return checkDigits[sum % 11] ?? ''
}

/** The 18-digit form of a 15-digit number of the first generation, whose holders were all born in the 1900s. */
export function widenIdNumber(old: string): string {
  const digits = `${old.slice(0, 6)}19${old.slice(6)}`
  return digits + checkDigitOf(digits)
}

/** Date of birth, `YYYY-MM-DD`, of a valid 18-digit number. */
export function birthOf(id: string): string {
  return `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`
}

export function sexOf(id: string): 'male' | 'female' {
  return id.charCodeAt(16) % 2 === 1 ? 'male' : 'female'
}

const two = (text: string, at: number) => (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48

/** What is wrong with an 18-character number (digits, the last perhaps X); undefined when it is sound on that day. */
export function faultOf(id: string, today: string): ReasonCode | undefined {
  let sum = 0
  for (let i = 0; i < 17; i++) {
    const digit = id.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return 'id-characters'
    sum += digit * (weights[i] ?? 0)
  }
  const last = id.charCodeAt(17)
  if ((last < 48 || last > 57) && last !== 88) return 'id-characters'
  if (last !== checkDigits.charCodeAt(sum % 11)) {
    return id.charCodeAt(15) === 48 && id.charCodeAt(16) === 48 && last === 48
      ? 'id-rounded'
      : 'id-check-digit'
  }
  if (regions[two(id, 0)] !== 1) return 'id-region'
  const year = two(id, 6) * 100 + two(id, 8)
  const month = two(id, 10)
  const day = two(id, 12)
  if (year < 1880 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return 'id-birth'
  return year * 10_000 + month * 100 + day > dayNumber(today) ? 'id-birth' : undefined
}

const dayNumber = (day: string) =>
  (two(day, 0) * 100 + two(day, 2)) * 10_000 + two(day, 5) * 100 + two(day, 8)
