import { beijingDay, instantOf } from '#contract/days.ts'

/** The only source of "now" on the server; injected, so that the demo lives on its own day and tests on theirs. */
export interface Clock {
  now(): Date
  /** The day in China, `YYYY-MM-DD`. */
  today(): string
}

export function systemClock(): Clock {
  return { now: () => new Date(), today: () => beijingDay(new Date()) }
}

/**
 * A clock whose day is fixed while its time runs on: from the time of day outside, or from where another clock stands. It counts what
 * passes, whatever the clock of the machine is set to, so that events keep their order and what waits for hours ends. The price: midnight
 * ends the day outside alone, and what happens after it bears an instant of the day after, on a day that stays the same until the next
 * start.
 */
export function clockAt(
  day: string,
  from = timeOfDayOn(day),
  passed: () => number = () => performance.now(),
): Clock {
  const opened = from - passed()
  return { now: () => new Date(opened + passed()), today: () => day }
}

function timeOfDayOn(day: string): number {
  const outside = Date.now()
  return instantOf(day).getTime() + outside - instantOf(beijingDay(outside)).getTime()
}
