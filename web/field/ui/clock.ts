import { formatInstant } from '#web/ui/words/format.ts'

/** An instant as people say it: the hour of today, else day and hour. */
export function formatClock(instant: string | number): string {
  const text = formatInstant(new Date(instant).toISOString())
  const today = formatInstant(new Date().toISOString()).slice(0, 10)
  return text.startsWith(today) ? text.slice(11) : text.slice(5)
}
