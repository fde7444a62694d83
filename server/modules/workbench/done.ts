import { type RawBuilder, sql } from 'kysely'
import type { TaskKind } from '#contract/work/workbench.ts'
import type { Db } from '#server/platform/database/db.ts'
import type { TaskRecord } from './queries.ts'
import type { Days } from './tasks/days.ts'

/** What an account did in a week, told from what was written down when it did it. */
function doneBy(userId: string, { weekFrom }: Pick<Days, 'weekFrom'>): RawBuilder<unknown> {
  const since = sql`(${weekFrom}::timestamp at time zone 'Asia/Shanghai')`
  return sql`(
    select 'dispatch' as kind, e.clue_id as subject, e.county, c.household_id, max(e.at) as done_at,
      case when bool_or(e.kind = 'assigned') then 'assign' else 'dispatch' end as what
    from clue_event e join clue c on c.county = e.county and c.id = e.clue_id
    where e.by_user = ${userId} and e.at >= ${since} and e.kind in ('dispatched', 'assigned')
    group by e.county, e.clue_id, c.household_id
    union all
    select 'visit', r.visit_id, r.county, r.household_id, r.reported_at, w.purpose
    from visit_report r join visit w on w.county = r.county and w.id = r.visit_id
    where r.by_user = ${userId} and r.reported_at >= ${since} and not r.superseded
    union all
    select 'settle', w.id, w.county, w.household_id, w.settled_at, w.purpose
    from visit w where w.settled_by = ${userId} and w.settled_at >= ${since}
    union all
    select 'case', e.case_id, e.county, e.household_id, e.at, e.step
    from case_entry e where e.by_user = ${userId} and e.at >= ${since} and e.step <> 'verify'
      and e.result in ('done', 'sent-back', 'refused')
    union all
    select 'plan', m.plan_id, m.county, m.household_id, max(m.made_at), 'first-measure'
    from measure m where m.made_by = ${userId} and m.made_at >= ${since} group by m.county, m.plan_id, m.household_id
  )`
}

// A household that has left one's area since is no longer shown, and so not counted.
const seen = sql`join household h on h.county = t.county and h.id = t.household_id`

export async function countDone(
  db: Db,
  userId: string,
  days: Pick<Days, 'weekFrom'>,
): Promise<{ kind: TaskKind; n: number }[]> {
  const { rows } = await sql<{ kind: TaskKind; n: number }>`
    select t.kind, count(*) as n from ${doneBy(userId, days)} t ${seen} group by t.kind`.execute(db)
  return rows
}

/** The newest first. */
export async function listDone(
  db: Db,
  userId: string,
  days: Pick<Days, 'weekFrom'>,
  { kinds, limit, offset }: { kinds: readonly TaskKind[]; limit: number; offset: number },
): Promise<TaskRecord[]> {
  const chosen = kinds.length > 0 ? sql`where t.kind = any(${[...kinds]}::text[])` : sql``
  const { rows } = await sql<TaskRecord>`
    select t.kind, t.subject, t.county, t.household_id, t.what, null as due_on, false as paused, ${userId} as person, 0 as held,
      t.done_at
    from ${doneBy(userId, days)} t ${seen} ${chosen} order by t.done_at desc, t.subject limit ${limit} offset ${offset}`.execute(
    db,
  )
  return rows
}
