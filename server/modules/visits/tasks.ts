import { sql } from 'kysely'
import {
  at,
  atTownship,
  both,
  county,
  either,
  inside,
  mineAlone,
  sinceMonday,
  type TaskDefinition,
  type TaskSource,
  township,
  type Viewer,
  village,
} from '#server/manifest/tasks.ts'
import { countDue } from './due/due.ts'
import { dueDays } from './due/read-due.ts'

const sent = ({ userId }: Viewer) => sql`(x.county, x.id) in (
  select w.county, w.id from visit w where w.planned_by = ${userId} and w.state in ('planned', 'reported')
  union select c.county, c.visit_id from clue c where c.dispatched_by = ${userId} and c.state = 'verifying')`

/** A named person is to go. */
const planned: TaskSource = {
  from: sql`visit x`,
  open: sql`x.state = 'planned'`,
  due: sql`x.due_on`,
  urgency: sql`x.level_rank`,
  what: sql`x.purpose`,
  person: sql`x.visitor`,
  level: sql`case when ${atTownship} then ${township}::int else ${village}::int end`,
  levels: [township, village],
  mine: mineAlone,
  handedOn: sent,
}

/** Whoever was at the household may not decide: first visitors are known by account, second ones by name. */
const townshipWasThere = sql`(${atTownship} or exists (
  select from visit_report r join account a on a.role = 'township' and a.area = x.village / 1000 * 1000
  join auth_user u on u.id = a.user_id and u.name = r.second_visitor
  where r.county = x.county and r.visit_id = x.id and not r.superseded))`

/** A report waits for a decision: the township's, and where the township was there itself, the county's. */
const reported: TaskSource = {
  from: sql`visit x`,
  open: sql`x.state = 'reported'`,
  due: sql`x.decision_due_on`,
  urgency: sql`x.level_rank`,
  what: sql`x.purpose`,
  level: sql`case when ${townshipWasThere} then ${county}::int else ${township}::int end`,
  levels: [county, township],
  mine(viewer) {
    if (at(viewer, 'township', township)) return both(inside(viewer.scope), sql`not ${townshipWasThere}`)
    if (viewer.rank === county && (viewer.role === 'clerk' || viewer.role === 'checker'))
      return both(inside(viewer.scope), townshipWasThere)
    return undefined
  },
  handedOn: (viewer) => either(sent(viewer), mineAlone(viewer)),
}

/** A visit is about the clues it was made for. */
const about = sql`
  select array_agg(c.cause order by c.level_rank, c.cause) as causes, min(c.level_rank) as level_rank,
    (array_agg(c.why order by c.level_rank, c.id))[1] as why
  from clue c where c.county = x.county and c.household_id = x.household_id and c.visit_id = x.subject`

/** A named person is to go; before anybody is sent, the rhythm of the grades asks for it. */
const visit: TaskDefinition = {
  kind: 'visit',
  open: [planned],
  about,
  done: (doer) => sql`
    select r.visit_id as subject, r.county, r.household_id, r.reported_at as done_at, w.purpose as what
    from visit_report r join visit w on w.county = r.county and w.id = r.visit_id
    where r.by_user = ${doer.userId} and r.reported_at >= ${sinceMonday(doer)} and not r.superseded`,
  // A county's are computed on demand, township by township.
  async unassigned(db, { rank, role, scope }, today) {
    return rank > county || role === 'helper' ? countDue(db, scope, dueDays(today)) : null
  },
}

/** A report waits for a decision. */
const decide: TaskDefinition = {
  kind: 'decide',
  open: [reported],
  about,
  roleAt: (_, level) => (level === county ? 'checker' : undefined),
  done: (doer) => sql`
    select w.id as subject, w.county, w.household_id, w.decided_at as done_at, w.purpose as what
    from visit w where w.decided_by = ${doer.userId} and w.decided_at >= ${sinceMonday(doer)}`,
}

export const visitTasks = [visit, decide] as const
