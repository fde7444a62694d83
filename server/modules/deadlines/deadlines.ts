import { getParameter, resolveParameters, type Values } from '#server/modules/policy/index.ts'
import { packOn } from '#server/modules/screening/index.ts'
import { AppError } from '#server/platform/errors.ts'
import { addWorkingDays, CalendarError, workCalendar } from './calendar.ts'

type Limit = Parameters<typeof getParameter>[1]

/** The figures in force on a day in a county (6 digits). */
export function figuresOf(day: string, county: number): Values {
  return resolveParameters(packOn(day), day, county * 1e6)
}

/** The n-th working day after a day; throws `deadline-invalid` for a year without a calendar. */
export function deadline(today: string, workingDays: number): string {
  return withCalendar(() => addWorkingDays(workCalendar(), today, workingDays))
}

/** The same, or null for a year without a calendar: where words must go out all the same. */
export function findDeadline(today: string, workingDays: number): string | null {
  try {
    return deadline(today, workingDays)
  } catch (error) {
    if (error instanceof AppError && error.code === 'deadline-invalid') return null
    throw error
  }
}

function withCalendar(count: () => string): string {
  try {
    return count()
  } catch (error) {
    if (error instanceof CalendarError)
      throw new AppError('deadline-invalid', { year: error.year, reason: 'no-calendar' }, error)
    throw error
  }
}

/** A limit of the policy in working days, counted from a day. */
export function addDeadline(day: string, county: number, limit: Limit): string {
  return deadline(day, getParameter(figuresOf(day, county), limit))
}

/** Last day to dispatch a clue; none for a year without published holidays, which must not stop a file. */
export function dispatchDay(asOf: string, workingDays: number): string | null {
  try {
    return addWorkingDays(workCalendar(), asOf, workingDays)
  } catch (error) {
    if (error instanceof CalendarError) return null
    throw error
  }
}
