import { beijingDay, dayMs, instantOf } from '#contract/days.ts'

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
 * A clock whose day is fixed while its time of day runs on. It never goes back, so that events keep their order: once midnight has
 * passed outside, an instant follows the last one by a millisecond until the time of day has caught up with it.
 */
export function clockAt(day: string, outside: () => number = Date.now): Clock {
  const midnight = instantOf(day).getTime()
  let last = midnight
  return {
    now: () => {
      const at = outside()
      const sinceMidnight = at - instantOf(beijingDay(at)).getTime()
      last = Math.max(midnight + sinceMidnight, Math.min(last + 1, midnight + dayMs - 1))
      return new Date(last)
    },
    today: () => day,
  }
}
