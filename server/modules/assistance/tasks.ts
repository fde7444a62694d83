import { sql } from 'kysely'
import {
  at,
  bare,
  both,
  inside,
  isVillager,
  type TaskSource,
  township,
  village,
} from '#server/manifest/tasks.ts'

/** A plan that lacks its first measure: the village's, its helper's, and where the village has nobody, the township's. */
const plan: TaskSource = {
  kind: 'plan',
  from: sql`plan x`,
  open: sql`x.closed_on is null and x.measures = 0`,
  due: sql`x.first_measure_due_on`,
  urgency: sql`null::smallint`,
  what: sql`'first-measure'`,
  held: sql`case when ${bare()} then ${township}::int else ${village}::int end`,
  heldLevels: [township, village],
  mine(viewer) {
    if (isVillager(viewer) || viewer.role === 'helper') return inside(viewer.scope)
    return at(viewer, 'township', township) ? both(inside(viewer.scope), bare()) : undefined
  },
}

export const planTasks: readonly TaskSource[] = [plan]
