import { beijingDay, beijingMinute } from '#contract/days.ts'

/** An instant as people say it: the hour of today, else day and hour. */
export function formatClock(instant: string | number): string {
  const text = beijingMinute(instant)
  const today = beijingDay(new Date())
  return text.startsWith(today) ? text.slice(11) : text.slice(5)
}
