/**
 * Days and instants, for server and web alike. A day is a text `YYYY-MM-DD` and means a day in China; an instant is what
 * `Date` takes. China keeps one offset all year, so no machine's time zone, and no zone's table, is consulted.
 */

/** How long a day lasts, for what is a duration; days are counted with the functions below. */
export const dayMs = 86_400_000
const offsetMs = 8 * 3_600_000

/** The day as a number, 1970-01-01 being 0; throws a RangeError for what is no day. */
export function dayNumber(day: string): number {
  const ms = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(ms)) throw new RangeError(`not a day: ${day}`)
  return ms / dayMs
}

export function dayOfNumber(number: number): string {
  return new Date(number * dayMs).toISOString().slice(0, 10)
}

/** Whether a text is a day the calendar has, written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text
}

export function addDays(day: string, days: number): string {
  return dayOfNumber(dayNumber(day) + days)
}

/** From 2020-03-09 to 2020-03-10 is 1. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from)
}

/** The same day so many months later; of a month without that day its last. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}

/** Whole months between two days. */
export function monthsBetween(from: string, to: string): number {
  const [y = 0, m = 0, d = 0] = from.split('-').map(Number)
  const [year = 0, month = 0, day = 0] = to.split('-').map(Number)
  return (year - y) * 12 + month - m - (day < d ? 1 : 0)
}

/** The last day of a month, of which any day may be written, or the month alone (`2020-02`). */
export function lastDayOfMonth(day: string): string {
  return addDays(addMonths(`${day.slice(0, 7)}-01`, 1), -1)
}

/** Monday is 0. */
export function weekdayOf(day: string): number {
  return (((dayNumber(day) + 3) % 7) + 7) % 7
}

/** The day in China at that instant. */
export function beijingDay(instant: string | number | Date): string {
  return shifted(instant).slice(0, 10)
}

/** Day and minute in China: `2020-03-10 07:30`. */
export function beijingMinute(instant: string | number | Date): string {
  return shifted(instant).slice(0, 16).replace('T', ' ')
}

/** The instant at which a day begins in China, or the minute given as `HH:mm` of it. */
export function instantOf(day: string, time = '00:00'): Date {
  const at = new Date(`${day}T${time}:00+08:00`)
  if (Number.isNaN(at.getTime())) throw new RangeError(`not a day and time: ${day} ${time}`)
  return at
}

function shifted(instant: string | number | Date): string {
  return new Date(new Date(instant).getTime() + offsetMs).toISOString()
}
