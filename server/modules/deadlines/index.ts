/**
 * Days that count, and what is overdue by them: the working-day calendar, limits of the policy in working days, the figures in force on
 * a day in a county. Throws AppError `deadline-invalid` for a year without a calendar.
 */
export {
  addWorkingDays,
  countWorkingDays,
  subtractWorkingDays,
  type WorkCalendar,
  workCalendar,
} from './calendar.ts'
export { addDeadline, deadline, dispatchDay, figuresOf, findDeadline } from './deadlines.ts'
export { isOverdueOn, overdueOn, rhythmStanding, standings } from './standing.ts'
