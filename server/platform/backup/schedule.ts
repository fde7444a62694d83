import { addDays, beijingDay, instantOf } from '#contract/days.ts'

/** The last of the times of day, in China, that has come. */
export function lastDue(times: readonly string[], now: Date): Date {
  const today = beijingDay(now)
  const instants = [addDays(today, -1), today].flatMap((day) => times.map((time) => instantOf(day, time)))
  const past = instants.filter((at) => at <= now).map((at) => at.getTime())
  return new Date(Math.max(...past))
}
