import { dayMs } from '#contract/days.ts'

/** How far the device's clock is ahead of the platform's, whole days of a demonstration left out. */
export interface Offset {
  aheadMs: number
  /** A demonstration stands on another day than the world: so much its day is behind. */
  shiftMs: number
}

export function offsetOf(here: number, server: number, demo: boolean): Offset {
  const whole = here - server
  const shiftMs = demo ? Math.round(whole / dayMs) * dayMs : 0
  return { aheadMs: whole - shiftMs, shiftMs }
}

let shiftMs = 0

export function liveOn(offset: Pick<Offset, 'shiftMs'>): void {
  shiftMs = offset.shiftMs
}

/** What a report says of when it was made: the device's own clock, wrong as it may be; the server keeps its own beside it. */
export const reportNow = () => new Date(Date.now() - shiftMs)
