import { type RawBuilder, sql } from 'kysely'
import type { Role } from '#contract/access/capabilities.ts'
import { type CaseStep, caseSteps } from '#contract/work/cases.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import { holders } from '#server/modules/procedures/conditions/rules.ts'
import { decideFlag, explainFlag, objection } from './asides.ts'
import { county, type Source, township, type Viewer, village } from './levels.ts'

const villageRoles = ['village', 'team-member']

/** Villages of a scope that have somebody: what a village without people has lies with its township. */
const staffed = (roles: readonly string[]) => sql`(
  select a.area from account a where a.state = 'active' and a.role = any(${[...roles]}::text[]))`
const bare = (roles: readonly string[] = villageRoles) => sql`x.village not in ${staffed(roles)}`
const atTownship = sql`x.visitor in (select a.user_id from account a where a.role = 'township')`
const inside = ({ from, to }: AreaScope) => sql`x.village between ${from}::bigint and ${to}::bigint`
const mineAlone = ({ userId }: Viewer) => sql`x.visitor = ${userId}`
const both = (...all: readonly RawBuilder<unknown>[]) => sql`(${sql.join(all, sql` and `)})`
const either = (...all: readonly RawBuilder<unknown>[]) => sql`(${sql.join(all, sql` or `)})`
const at = (viewer: Viewer, role: Role, rank: number) => viewer.role === role && viewer.rank === rank

const isVillager = ({ role, rank }: Viewer) => villageRoles.includes(role) && rank === village

/** A clue nobody has: the county's clerk is to hand it down. */
const undispatched: Source = {
  kind: 'dispatch',
  from: sql`clue x`,
  open: sql`x.state = 'new'`,
  due: sql`x.dispatch_due_on`,
  urgency: sql`x.level_rank`,
  what: sql`'dispatch'`,
  held: sql`${county}::int`,
  heldLevels: [county],
  mine: (viewer) =>
    at(viewer, 'clerk', county) ? sql`x.county = ${Math.floor(viewer.area / 1e6)}` : undefined,
}

/** A clue that lies with a township or village and has no visitor yet. */
const placed: Source = {
  kind: 'dispatch',
  from: sql`clue x`,
  open: sql`x.state = 'dispatched'`,
  due: sql`x.due_on`,
  urgency: sql`x.level_rank`,
  what: sql`case when x.assignee % 1000 = 0 then 'forward' else 'assign' end`,
  held: sql`case when x.assignee % 1000 = 0 or ${bare(['village'])} then ${township}::int else ${village}::int end`,
  heldLevels: [township, village],
  mine(viewer) {
    const { area } = viewer
    if (at(viewer, 'village', village)) return sql`x.assignee = ${area}::bigint`
    if (!at(viewer, 'township', township)) return undefined
    return sql`(x.assignee between ${area}::bigint and ${area + 999}::bigint
      and (x.assignee = ${area}::bigint or ${bare(['village'])}))`
  },
  given: ({ userId }) => sql`x.dispatched_by = ${userId}`,
}

const sent = ({ userId }: Viewer) => sql`(x.county, x.id) in (
  select w.county, w.id from visit w where w.planned_by = ${userId} and w.state in ('planned', 'reported')
  union select c.county, c.visit_id from clue c where c.dispatched_by = ${userId} and c.state = 'verifying')`

/** A named person is to go. */
const visit: Source = {
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
const settle: Source = {
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

const stepsAt = (level: 'village' | 'township' | 'county', role?: Role): CaseStep[] =>
  caseSteps.filter(
    (step) =>
      holders[step].level === level && (!role || (holders[step].roles as readonly Role[]).includes(role)),
  )
const isStep = (steps: readonly CaseStep[]) => sql`x.step = any(${[...steps]}::text[])`

/** The next step of a running case. */
const caseStep: Source = {
  kind: 'case',
  from: sql`case_file x`,
  open: sql`x.state = 'running'`,
  due: sql`least(x.due_on, x.total_due_on)`,
  urgency: sql`null::smallint`,
  paused: sql`x.paused_on is not null`,
  what: sql`x.step`,
  held: sql`case when ${isStep(stepsAt('county'))} then ${county}::int
    when ${isStep(stepsAt('township'))} or ${bare()} then ${township}::int else ${village}::int end`,
  heldLevels: [county, township, village],
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
  given: ({ rank, userId }) =>
    rank < county
      ? undefined
      : sql`(exists (select from case_entry e where e.county = x.county and e.case_id = x.id and e.by_user = ${userId}
          and e.result in ('done', 'sent-back') and not exists (select from case_follower o where o.county = e.county
            and o.case_id = e.case_id and o.instead_of = ${userId}))
        or (x.county, x.id) in (select o.county, o.case_id from case_follower o where o.user_id = ${userId}))`,
}

/** A plan that lacks its first measure: the village's, its helper's, and where the village has nobody, the township's. */
const plan: Source = {
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

export const sources: readonly Source[] = [
  ...[undispatched, placed, visit, settle, caseStep, plan],
  ...[objection, explainFlag, decideFlag],
]
