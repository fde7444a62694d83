import { sql } from 'kysely'
import type { Role } from '#contract/access/capabilities.ts'
import { type CaseStep, caseSteps } from '#contract/work/cases.ts'
import {
  at,
  bare,
  both,
  county,
  either,
  inside,
  isVillager,
  sinceMonday,
  type TaskDefinition,
  type TaskSource,
  township,
  type Viewer,
  village,
} from '#server/manifest/tasks.ts'
import { responsible } from './conditions/rules.ts'

const stepsAt = (level: 'village' | 'township' | 'county', role?: Role): CaseStep[] =>
  caseSteps.filter(
    (step) =>
      responsible[step].level === level &&
      (!role || (responsible[step].roles as readonly Role[]).includes(role)),
  )
const isStep = (steps: readonly CaseStep[]) => sql`x.step = any(${[...steps]}::text[])`

/** The next step of a running case. */
const caseStep: TaskSource = {
  from: sql`case_file x`,
  open: sql`x.state = 'running'`,
  due: sql`least(x.due_on, x.total_due_on)`,
  urgency: sql`null::smallint`,
  paused: sql`x.paused_on is not null`,
  what: sql`x.step`,
  level: sql`case when ${isStep(stepsAt('county'))} then ${county}::int
    when ${isStep(stepsAt('township'))} or ${bare()} then ${township}::int else ${village}::int end`,
  levels: [county, township, village],
  mine(viewer) {
    const { role, rank, scope } = viewer
    if (isVillager(viewer)) return both(inside(scope), isStep(stepsAt('village', role)))
    if (at(viewer, 'township', township)) {
      const fallback = both(isStep(stepsAt('village')), bare())
      return both(inside(scope), either(isStep(stepsAt('township')), fallback))
    }
    const steps = rank === county ? stepsAt('county', role) : []
    return steps.length > 0 ? both(inside(scope), isStep(steps)) : undefined
  },
  handedOn: ({ rank, userId }) =>
    rank < county
      ? undefined
      : sql`(exists (select from case_entry e where e.county = x.county and e.case_id = x.id and e.by_user = ${userId}
          and e.result in ('done', 'sent-back') and not exists (select from case_follower o where o.county = e.county
            and o.case_id = e.case_id and o.instead_of = ${userId}))
        or (x.county, x.id) in (select o.county, o.case_id from case_follower o where o.user_id = ${userId}))`,
}

const of = (viewer: Viewer, role: Viewer['role']) => viewer.role === role

/** An objection is answered by the township, or by the county where the township took it down itself. */
const objection: TaskSource = {
  from: sql`(select f.county, f.household_id, f.village, f.id, f.paused_on, min(o.due_on) as due_on,
      bool_or(a.role = 'township') as by_township
    from case_objection o join case_file f on f.county = o.county and f.id = o.case_id and f.state = 'running'
    left join account a on a.user_id = o.taken_by
    where o.outcome is null group by f.county, f.household_id, f.village, f.id, f.paused_on) x`,
  open: sql`true`,
  due: sql`x.due_on`,
  urgency: sql`null::smallint`,
  paused: sql`x.paused_on is not null`,
  what: sql`'objection'`,
  level: sql`case when x.by_township then ${county}::int else ${township}::int end`,
  levels: [county, township],
  mine(viewer) {
    if (of(viewer, 'township')) return sql`(${inside(viewer.scope)} and not x.by_township)`
    return of(viewer, 'clerk') && viewer.rank === county
      ? sql`(${inside(viewer.scope)} and x.by_township)`
      : undefined
  },
}

/** Findings of the comparison that stand open, by case; they are due with the step they block. */
const findings = (which: ReturnType<typeof sql>) => sql`(
  select f.county, f.household_id, f.village, f.id, f.paused_on, least(f.due_on, f.total_due_on) as due_on
  from case_flag g join case_file f on f.county = g.county and f.id = g.case_id and f.state = 'running'
    and f.step in ('review', 'publicity', 'township-audit', 'county-approval')
  where g.decision is null and ${which} group by f.county, f.household_id, f.village, f.id, f.paused_on, f.due_on,
    f.total_due_on) x`

/** The village explains how a finding came about. */
const explainFlag: TaskSource = {
  from: findings(sql`g.explanation is null`),
  open: sql`true`,
  due: sql`x.due_on`,
  urgency: sql`null::smallint`,
  paused: sql`x.paused_on is not null`,
  what: sql`'explain-flag'`,
  level: sql`${village}::int`,
  levels: [village],
  mine: (viewer) =>
    (of(viewer, 'village') || of(viewer, 'team-member')) && viewer.rank === village
      ? inside(viewer.scope)
      : undefined,
}

/** The county decides whether an explained finding bars the household. */
const decideFlag: TaskSource = {
  from: findings(sql`g.explanation is not null`),
  open: sql`true`,
  due: sql`x.due_on`,
  urgency: sql`null::smallint`,
  paused: sql`x.paused_on is not null`,
  what: sql`'decide-flag'`,
  level: sql`${county}::int`,
  levels: [county],
  mine: (viewer) => (of(viewer, 'clerk') && viewer.rank === county ? inside(viewer.scope) : undefined),
}

const caseTask: TaskDefinition = {
  kind: 'case',
  open: [caseStep, objection, explainFlag, decideFlag],
  about: sql`
    select f.causes, (select min(c.level_rank) from clue c
      where c.county = f.county and c.household_id = f.household_id and c.case_id = f.id) as level_rank,
      (select c.why from clue c where c.county = f.county and c.household_id = f.household_id and c.case_id = f.id
        order by c.level_rank, c.id limit 1) as why
    from case_file f where f.county = x.county and f.id = x.subject`,
  // A township has what its village has nobody for.
  roleAt: (what, level) =>
    level !== township && what in responsible ? responsible[what as CaseStep].roles[0] : undefined,
  done: (doer) => sql`
    select e.case_id as subject, e.county, e.household_id, e.at as done_at, e.step as what
    from case_entry e where e.by_user = ${doer.userId} and e.at >= ${sinceMonday(doer)} and e.step <> 'verify'
      and e.result in ('done', 'sent-back', 'refused')`,
}

export const caseTasks = [caseTask] as const
