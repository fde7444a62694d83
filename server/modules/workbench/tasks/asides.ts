import { sql } from 'kysely'
import { type AreaScope, levelOf } from '#server/modules/divisions/index.ts'
import { county, type Source, township, type Viewer, village } from './levels.ts'

const inside = ({ from, to }: AreaScope) => sql`x.village between ${from}::bigint and ${to}::bigint`
const of = (viewer: Viewer, role: Viewer['role']) => viewer.role === role

/** An objection is answered by the township, or by the county where the township took it down itself. */
export const objection: Source = {
  kind: 'case',
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
  held: sql`case when x.by_township then ${county}::int else ${township}::int end`,
  heldLevels: [county, township],
  mine(viewer) {
    if (of(viewer, 'township')) return sql`(${inside(viewer.scope)} and not x.by_township)`
    return of(viewer, 'clerk') && viewer.rank === county
      ? sql`(${inside(viewer.scope)} and x.by_township)`
      : undefined
  },
}

/** Findings of the comparison that stand open, by case; they are due with the step they hold up. */
const findings = (which: ReturnType<typeof sql>) => sql`(
  select f.county, f.household_id, f.village, f.id, f.paused_on, least(f.due_on, f.total_due_on) as due_on
  from case_flag g join case_file f on f.county = g.county and f.id = g.case_id and f.state = 'running'
    and f.step in ('review', 'publicity', 'township-audit', 'county-approval')
  where g.decision is null and ${which} group by f.county, f.household_id, f.village, f.id, f.paused_on, f.due_on, f.total_due_on) x`

/** Who knows the household says how a finding came about. */
export const explainFlag: Source = {
  kind: 'case',
  from: findings(sql`g.explanation is null`),
  open: sql`true`,
  due: sql`x.due_on`,
  urgency: sql`null::smallint`,
  paused: sql`x.paused_on is not null`,
  what: sql`'explain-flag'`,
  held: sql`${village}::int`,
  heldLevels: [village],
  mine: (viewer) =>
    (of(viewer, 'village') || of(viewer, 'team-member')) && levelOf(viewer.area) === 'village'
      ? inside(viewer.scope)
      : undefined,
}

/** The county decides whether an explained finding bars the household. */
export const decideFlag: Source = {
  kind: 'case',
  from: findings(sql`g.explanation is not null`),
  open: sql`true`,
  due: sql`x.due_on`,
  urgency: sql`null::smallint`,
  paused: sql`x.paused_on is not null`,
  what: sql`'decide-flag'`,
  held: sql`${county}::int`,
  heldLevels: [county],
  mine: (viewer) => (of(viewer, 'clerk') && viewer.rank === county ? inside(viewer.scope) : undefined),
}
