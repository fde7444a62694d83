import { z } from 'zod'

/**
 * How work stands on a day: the one meaning of these words, wherever work is counted, listed, shown or written about. The server's
 * SQL form (`deadlines/standing.ts`) is held to it.
 *
 * - open: nobody has ended it yet.
 * - overdue: open, its clock runs, and its last day is before today. What has no last day is never overdue.
 * - today, soon: due today, or within the next working days; later: after that, or without a day, or paused.
 * - waiting: open, handed on by whoever looks, and with others now.
 *
 * A warning nobody has handed on yet is work of the county's: its clock runs from the day it was raised.
 */
export const Standing = z.enum(['overdue', 'today', 'soon', 'later'])
export type Standing = z.infer<typeof Standing>

export interface Clocked {
  /** Last day of whoever has it; null where nothing limits it. */
  dueOn: string | null
  isOpen?: boolean
  /** Its clock stands still: it is not overdue however late. */
  isPaused?: boolean
}

export function isOverdue({ dueOn, isOpen = true, isPaused = false }: Clocked, today: string): boolean {
  return isOpen && !isPaused && dueOn !== null && dueOn < today
}

/** Of open work; `soon` is the last day that counts as soon. */
export function standingOn(work: Clocked, { today, soon }: { today: string; soon: string }): Standing {
  if (isOverdue(work, today)) return 'overdue'
  if (work.isPaused || work.dueOn === null || work.dueOn > soon) return 'later'
  return work.dueOn === today ? 'today' : 'soon'
}

/**
 * How a household stands with the rhythm of its grade, where nobody has been sent. never: nobody was there yet, which is no lateness
 * but a list of its own to work off; overdue: the day that the last visit set is past; week: it comes by Sunday.
 */
export const RhythmStanding = z.enum(['never', 'overdue', 'week'])
export type RhythmStanding = z.infer<typeof RhythmStanding>

/** Undefined where it comes later than `until`. */
export function rhythmStandingOn(
  { lastOn, dueOn }: { lastOn: string | null; dueOn: string | null },
  { today, until }: { today: string; until: string },
): RhythmStanding | undefined {
  if (lastOn === null) return 'never'
  if (isOverdue({ dueOn }, today)) return 'overdue'
  return dueOn !== null && dueOn <= until ? 'week' : undefined
}
