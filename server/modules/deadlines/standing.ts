import { type RawBuilder, sql } from 'kysely'
import type { RhythmStanding, Standing } from '#contract/work/standing.ts'

/** What `contract/work/standing.ts` says of one piece of work, over the rows of a table. */
export interface Clock {
  /** Last day of whoever has it. */
  due: RawBuilder<unknown>
  /** What makes it open, where the rows are not open work anyway. */
  open?: RawBuilder<unknown>
  paused?: RawBuilder<unknown> | undefined
}

const running = ({ open, paused }: Clock) =>
  sql.join([...(open ? [open] : []), paused ? sql`not (${paused})` : sql`true`], sql` and `)

/** Null where there is no day, as a filter takes it. */
export function overdueOn(clock: Clock, today: string): RawBuilder<boolean> {
  return sql<boolean>`(${clock.due} < ${today}::date and ${running(clock)})`
}

/** The same, and false where there is no day. */
export const isOverdueOn = (clock: Clock, today: string) =>
  sql<boolean>`coalesce(${overdueOn(clock, today)}, false)`

/** A condition for each standing; every open row fulfils one of them. */
export function standings(
  clock: Clock,
  { today, soon }: { today: string; soon: string },
): Record<Standing, RawBuilder<boolean>> {
  const { due, paused } = clock
  const isPaused = paused ? sql` or ${paused}` : sql``
  return {
    overdue: overdueOn(clock, today),
    today: sql<boolean>`(${due} = ${today}::date and ${running(clock)})`,
    soon: sql<boolean>`(${due} > ${today}::date and ${due} <= ${soon}::date and ${running(clock)})`,
    later: sql<boolean>`(${due} > ${soon}::date or ${due} is null${isPaused})`,
  }
}

/** How a household stands with its rhythm: over rows with `last_on` and `due_on`; null where it comes later. */
export function rhythmStanding(
  row: RawBuilder<unknown>,
  { today, until }: { today: string; until: string },
): RawBuilder<RhythmStanding | null> {
  return sql<RhythmStanding | null>`case when ${row}.last_on is null then 'never'
    when ${row}.due_on < ${today}::date then 'overdue' when ${row}.due_on <= ${until}::date then 'week' end`
}
