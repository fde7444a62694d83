import { addDays } from '#contract/days.ts'

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

export function daysInMonth(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return month === 2 && leap ? 29 : (lengths[month - 1] ?? 0)
}

const pad = (n: number, width: number) => String(n).padStart(width, '0')

/** `YYYY-MM-DD`, or undefined where the calendar has no such day. */
export function dayOf(year: number, month: number, day: number): string | undefined {
  if (year < 1880 || year > 2200 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month))
    return undefined
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
}

/** The day an Excel serial stands for (1900 system, from 1900-03-01 on). */
export function dayOfSerial(serial: number): string {
  return addDays('1899-12-30', Math.floor(serial))
}
