import { addDays, weekdayOf } from '#contract/days.ts'
import {
  addWorkingDays,
  countWorkingDays,
  figuresOf,
  subtractWorkingDays,
  type WorkCalendar,
  workCalendar,
} from '#server/modules/deadlines/index.ts'
import { getParameter } from '#server/modules/policy/index.ts'

/** Working days ahead that count as soon. */
const soonDays = 3

/** The days that part tasks, worked out once a request, so that the database compares days only. */
export interface Days {
  today: string
  /** The next working day. */
  next: string
  soon: string
  /** Monday of the week. */
  weekFrom: string
  /** Working days overdue from which one, two and three levels above see it. */
  rungs: readonly [number, number, number]
  /** Whatever was due on or before them is overdue by so much. */
  cuts: readonly [string, string, string]
}

export function daysOf(today: string, county: number): Days {
  const calendar = calendarAround(today)
  const values = figuresOf(today, county)
  const rungs = [
    getParameter(values, 'escalationFirst'),
    getParameter(values, 'escalationSecond'),
    getParameter(values, 'escalationThird'),
  ] as const
  const cut = (n: number) => addDays(subtractWorkingDays(calendar, addDays(today, 1), n), -1)
  return {
    ...{ today, rungs },
    next: addWorkingDays(calendar, today, 1),
    soon: addWorkingDays(calendar, today, soonDays),
    weekFrom: addDays(today, -weekdayOf(today)),
    cuts: [cut(rungs[0]), cut(rungs[1]), cut(rungs[2])],
  }
}

/** Working days left until a day; past it, below nought by the working days it is overdue. */
export function workingDaysLeft(today: string, dueOn: string): number {
  const calendar = calendarAround(today, dueOn)
  if (dueOn >= today) return countWorkingDays(calendar, today, dueOn)
  return -countWorkingDays(calendar, dueOn, today)
}

/** Where no calendar of a year is published yet, weekends alone are off: a list of work must open on every day. */
function calendarAround(...days: readonly string[]): WorkCalendar {
  const known = workCalendar()
  const years = days.flatMap((day) => [-1, 0, 1].map((step) => Number(day.slice(0, 4)) + step))
  const plain = years.filter((year) => !known.has(year)).map((year) => [year, weekends] as const)
  return plain.length === 0 ? known : new Map([...known, ...plain])
}

const weekends = { off: new Set<string>(), worked: new Set<string>() }
