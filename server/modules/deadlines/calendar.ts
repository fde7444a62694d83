import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { addDays, weekdayOf } from '#contract/days.ts'

const Day = z.iso.date()
const CalendarFile = z.strictObject({
  year: z.number().int(),
  sources: z.array(z.strictObject({ document: z.string().optional(), url: z.url() })).min(1),
  holidays: z.array(z.strictObject({ name: z.string(), from: Day, to: Day })).min(1),
  /** Weekend days that are worked in exchange. */
  workdays: z.array(Day),
})

/** Year → what differs from plain weekends. */
export type WorkCalendar = ReadonlyMap<number, { off: ReadonlySet<string>; worked: ReadonlySet<string> }>

/** A year without published holidays: counting on would give a wrong deadline. */
export class CalendarError extends Error {
  readonly year: number

  constructor(year: number) {
    super(
      `No working-day calendar for ${year}: add data/calendars/${year}.yaml from the State Council's notice.`,
    )
    this.year = year
  }
}

const folder = path.resolve(import.meta.dirname, '../../../data/calendars')
let kept: WorkCalendar | undefined

/** The calendars of `data/calendars`, read once. */
export function workCalendar(): WorkCalendar {
  kept ??= readCalendars(folder)
  return kept
}

function readCalendars(from: string): WorkCalendar {
  const files = readdirSync(from).filter((name) => name.endsWith('.yaml'))
  return new Map(
    files.map((name) => {
      const parsed = CalendarFile.safeParse(parse(readFileSync(path.join(from, name), 'utf8')))
      if (!parsed.success) throw new Error(`data/calendars/${name}: ${z.prettifyError(parsed.error)}`)
      const { year, holidays, workdays } = parsed.data
      const off = new Set(holidays.flatMap((holiday) => eachDay(holiday.from, holiday.to)))
      const wrong = [...off, ...workdays].find((day) => yearOf(day) !== year)
      const idle = workdays.find((day) => !isWeekend(day) || off.has(day))
      if (wrong) throw new Error(`data/calendars/${name}: ${wrong} is not a day of ${year}`)
      if (idle) throw new Error(`data/calendars/${name}: ${idle} is no weekend day that could be worked`)
      return [year, { off, worked: new Set(workdays) }]
    }),
  )
}

/** Throws {@link CalendarError} for a year without a calendar. */
export function isWorkingDay(calendar: WorkCalendar, day: string): boolean {
  const year = calendar.get(yearOf(day))
  if (!year) throw new CalendarError(yearOf(day))
  return year.worked.has(day) || !(isWeekend(day) || year.off.has(day))
}

/** The n-th working day after `day`, which itself does not count. */
export function addWorkingDays(calendar: WorkCalendar, day: string, n: number): string {
  let at = day
  for (let left = n; left > 0; ) {
    at = nextDay(at)
    if (isWorkingDay(calendar, at)) left -= 1
  }
  return at
}

/** The n-th working day before `day`. */
export function subtractWorkingDays(calendar: WorkCalendar, day: string, n: number): string {
  let at = day
  for (let left = n; left > 0; ) {
    at = addDays(at, -1)
    if (isWorkingDay(calendar, at)) left -= 1
  }
  return at
}

/** Working days from one day (not counted) to a later one (counted). */
export function countWorkingDays(calendar: WorkCalendar, from: string, to: string): number {
  let n = 0
  for (let at = from; at < to; ) {
    at = nextDay(at)
    if (isWorkingDay(calendar, at)) n += 1
  }
  return n
}

const yearOf = (day: string) => Number(day.slice(0, 4))
const nextDay = (day: string) => addDays(day, 1)

const isWeekend = (day: string) => weekdayOf(day) >= 5

function eachDay(from: string, to: string): string[] {
  const days: string[] = []
  for (let day = from; day <= to; day = nextDay(day)) days.push(day)
  return days
}
