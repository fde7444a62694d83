import { sql } from 'kysely'
import {
  at,
  bare,
  county,
  sinceMonday,
  type TaskDefinition,
  type TaskSource,
  township,
  village,
} from '#server/manifest/tasks.ts'

/** An undispatched clue: the county's clerk is to dispatch it. */
const undispatched: TaskSource = {
  from: sql`clue x`,
  open: sql`x.state = 'new'`,
  due: sql`x.dispatch_due_on`,
  urgency: sql`x.level_rank`,
  what: sql`'dispatch'`,
  level: sql`${county}::int`,
  levels: [county],
  mine: (viewer) =>
    at(viewer, 'clerk', county) ? sql`x.county = ${Math.floor(viewer.area / 1e6)}` : undefined,
}

/** A clue at a township or village that has no visitor yet. */
const placed: TaskSource = {
  from: sql`clue x`,
  open: sql`x.state = 'dispatched'`,
  due: sql`x.due_on`,
  urgency: sql`x.level_rank`,
  what: sql`case when x.assignee % 1000 = 0 then 'forward' else 'assign' end`,
  level: sql`case when x.assignee % 1000 = 0 or ${bare(['village'])} then ${township}::int else ${village}::int end`,
  levels: [township, village],
  mine(viewer) {
    const { area } = viewer
    if (at(viewer, 'village', village)) return sql`x.assignee = ${area}::bigint`
    if (!at(viewer, 'township', township)) return undefined
    return sql`(x.assignee between ${area}::bigint and ${area + 999}::bigint
      and (x.assignee = ${area}::bigint or ${bare(['village'])}))`
  },
  handedOn: ({ userId }) => sql`x.dispatched_by = ${userId}`,
}

/** A clue lies with a county, a township or a village, which is to hand it down or to send somebody. */
const dispatch: TaskDefinition = {
  kind: 'dispatch',
  open: [undispatched, placed],
  about: sql`
    select array[c.cause] as causes, c.level_rank, c.why from clue c
    where c.county = x.county and c.id = x.subject`,
  done: (doer) => sql`
    select e.clue_id as subject, e.county, c.household_id, max(e.at) as done_at,
      case when bool_or(e.kind = 'assigned') then 'assign' else 'dispatch' end as what
    from clue_event e join clue c on c.county = e.county and c.id = e.clue_id
    where e.by_user = ${doer.userId} and e.at >= ${sinceMonday(doer)} and e.kind in ('dispatched', 'assigned')
      and not exists (select from clue_event r where r.county = e.county and r.clue_id = e.clue_id and r.id > e.id
        and r.kind = 'recalled' and r.by_user = e.by_user)
    group by e.county, e.clue_id, c.household_id`,
}

export const clueTasks = [dispatch] as const
