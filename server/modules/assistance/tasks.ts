import { sql } from 'kysely'
import {
  at,
  bare,
  both,
  inside,
  isVillager,
  sinceMonday,
  type TaskDefinition,
  type TaskSource,
  township,
  village,
} from '#server/manifest/tasks.ts'

/** A plan that lacks its first measure: the village's, its helper's, and where the village has nobody, the township's. */
const lacking: TaskSource = {
  from: sql`plan x`,
  open: sql`x.closed_on is null and x.measures = 0`,
  due: sql`x.first_measure_due_on`,
  urgency: sql`null::smallint`,
  what: sql`'first-measure'`,
  level: sql`case when ${bare()} then ${township}::int else ${village}::int end`,
  levels: [township, village],
  mine(viewer) {
    if (isVillager(viewer) || viewer.role === 'helper') return inside(viewer.scope)
    return at(viewer, 'township', township) ? both(inside(viewer.scope), bare()) : undefined
  },
}

const plan: TaskDefinition = {
  kind: 'plan',
  open: [lacking],
  about: sql`
    select p.causes, null::smallint as level_rank, null::jsonb as why from plan p
    where p.county = x.county and p.id = x.subject`,
  done: (doer) => sql`
    select m.plan_id as subject, m.county, m.household_id, max(m.made_at) as done_at, 'first-measure' as what
    from measure m where m.made_by = ${doer.userId} and m.made_at >= ${sinceMonday(doer)}
    group by m.county, m.plan_id, m.household_id`,
}

export const planTasks = [plan] as const
