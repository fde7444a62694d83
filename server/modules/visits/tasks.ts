import { sql } from 'kysely'
import {
  at,
  atTownship,
  both,
  county,
  either,
  inside,
  mineAlone,
  type TaskSource,
  township,
  type Viewer,
  village,
} from '#server/manifest/tasks.ts'

const sent = ({ userId }: Viewer) => sql`(x.county, x.id) in (
  select w.county, w.id from visit w where w.planned_by = ${userId} and w.state in ('planned', 'reported')
  union select c.county, c.visit_id from clue c where c.dispatched_by = ${userId} and c.state = 'verifying')`

/** A named person is to go. */
const visit: TaskSource = {
  kind: 'visit',
  from: sql`visit x`,
  open: sql`x.state = 'planned'`,
  due: sql`x.due_on`,
  urgency: sql`x.level_rank`,
  what: sql`x.purpose`,
  person: sql`x.visitor`,
  held: sql`case when ${atTownship} then ${township}::int else ${village}::int end`,
  heldLevels: [township, village],
  mine: mineAlone,
  given: sent,
}

/** Whoever was at the household may not decide: first visitors are known by account, second ones by name. */
const townshipWasThere = sql`(${atTownship} or exists (
  select from visit_report r join account a on a.role = 'township' and a.area = x.village / 1000 * 1000
  join auth_user u on u.id = a.user_id and u.name = r.second_visitor
  where r.county = x.county and r.visit_id = x.id and not r.superseded))`

/** A report waits for a decision: the township's, and where the township was there itself, the county's. */
const settle: TaskSource = {
  kind: 'settle',
  from: sql`visit x`,
  open: sql`x.state = 'reported'`,
  due: sql`x.settle_due_on`,
  urgency: sql`x.level_rank`,
  what: sql`x.purpose`,
  held: sql`case when ${townshipWasThere} then ${county}::int else ${township}::int end`,
  heldLevels: [county, township],
  mine(viewer) {
    if (at(viewer, 'township', township)) return both(inside(viewer.scope), sql`not ${townshipWasThere}`)
    if (viewer.rank === county && (viewer.role === 'clerk' || viewer.role === 'checker'))
      return both(inside(viewer.scope), townshipWasThere)
    return undefined
  },
  given: (viewer) => either(sent(viewer), mineAlone(viewer)),
}

export const visitTasks: readonly TaskSource[] = [visit, settle]
