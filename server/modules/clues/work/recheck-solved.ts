import { sql } from 'kysely'
import { addDays } from '#contract/days.ts'
import { dispatchDay, figuresOf } from '#server/modules/deadlines/index.ts'
import { getParameter } from '#server/modules/policy/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { changeClues } from '../writing/clue-writer.ts'

/**
 * Looks again at what a department called solved, once the days of the policy are over: where a signal of that household and cause
 * is still true, the clue opens anew and records it. A later clue of the same cause has taken its place. Inside the caller's transaction.
 */
export async function recheckSolved(db: Db, today: string, at: Date): Promise<number> {
  const { rows: counties } = await sql<{ county: number }>`
    select distinct county from clue where state = 'solved'`.execute(db)
  const values = counties.map(({ county }) => figuresOf(today, county))
  const back = await changeClues(db, {
    set: {
      state: sql`'new'`,
      closedOn: sql`null`,
      assignee: sql`null`,
      dueOn: sql`null`,
      visitId: sql`null`,
      outcomeReason: sql`null`,
      outcomeNote: sql`null`,
      outcomeProof: sql`null`,
      decidedBy: sql`null`,
      dispatchedBy: sql`null`,
      dispatchDueOn: sql`due.dispatch_due_on`,
      signals: sql`due.signals`,
      rules: sql`due.rules`,
      signalLevel: sql`due.level`,
      level: sql`due.level`,
      strongestSignal: sql`due.strongest`,
      lastSignalOn: sql`due.last_signal_on`,
    },
    from: sql`(
      select c.county, c.id, c.closed_on, p.dispatch_due_on, s.*
      from clue c
      join unnest(${counties.map(({ county }) => county)}::int[],
        ${values.map((one) => addDays(today, -getParameter(one, 'solvedRecheck')))}::date[],
        ${values.map((one) => dispatchDay(today, getParameter(one, 'dispatchLimit')))}::date[])
        p (county, solved_by, dispatch_due_on) on p.county = c.county
      cross join lateral (
        select array_agg(distinct s.rule) as rules, count(*)::smallint as signals, max(s.changed_on) as last_signal_on,
          (array_agg(s.id order by l.rank, s.margin desc nulls last, s.rule))[1] as strongest,
          (array_agg(s.level order by l.rank))[1] as level
        from signal s cross join lateral (select array_position('{red,orange,yellow}', s.level) as rank) l
        where s.county = c.county and s.household_id = c.household_id and s.cause = c.cause and s.cleared_on is null
          and not exists (select from clue_shield k where k.county = s.county and k.household_id = s.household_id
            and k.cause = s.cause and k.rule = s.rule and k.figures = s.figures)
      ) s
      where c.state = 'solved' and c.closed_on <= p.solved_by and s.signals > 0 and not exists (
        select from clue n where n.county = c.county and n.household_id = c.household_id and n.cause = c.cause
          and n.id <> c.id
          and (n.closed_on is null or n.closed_on > c.closed_on or n.closed_on = c.closed_on and n.id > c.id))) due`,
    where: sql`c.county = due.county and c.id = due.id`,
    event: {
      kind: sql`'rechecked'`,
      at,
      details: sql`jsonb_build_object('rules', array_to_string(new.rules, ','), 'level', new.level, 'solvedOn',
        old.closed_on::text)`,
    },
  })
  return back.length
}
