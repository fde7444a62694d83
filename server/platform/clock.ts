/** The only source of "now" on the server; injected, so that the demo lives on its own day and tests on theirs. */
export interface Clock {
  now(): Date
  /** The day in China, `YYYY-MM-DD`. */
  today(): string
}

const chinaDay = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })
const dayMs = 86_400_000

export function systemClock(): Clock {
  return { now: () => new Date(), today: () => chinaDay.format(new Date()) }
}

/** A clock whose day is fixed while its time of day runs on, so that events of one day keep their order. */
export function clockAt(day: string): Clock {
  const midnight = Date.parse(`${day}T00:00:00+08:00`)
  if (Number.isNaN(midnight)) throw new RangeError(`not a day: ${day}`)
  return {
    now: () => new Date(midnight + ((Date.now() + 8 * 3_600_000) % dayMs)),
    today: () => day,
  }
}
