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

/** A clock whose day is fixed while its time of day runs on, so that events of one day keep their order. */
export function clockAt(day: string): Clock {
  const midnight = instantOf(day).getTime()
  return {
    now: () => new Date(midnight + (Date.now() - instantOf(beijingDay(Date.now())).getTime())),
    today: () => day,
  }
}
