import { sql } from 'kysely'
import type { Cause } from '#contract/common.ts'
import type { CaseKind, CaseState, CaseStep } from '#contract/work/cases.ts'
import type { MeasureType } from '#contract/work/plans.ts'
import type { ExcludeReason, VisitState } from '#contract/work/visits.ts'
import type { Db } from '#server/platform/database/db.ts'

interface Key {
  county: number
  id: number
}

/** Where a household is, as far as letters speak of it. */
export interface HouseholdNow {
  headName: string
  village: string
  township: string
  clues: {
    cause: Cause
    state: 'new' | 'dispatched' | 'verifying' | 'excluded' | 'solved'
    openedOn: string
    dueOn: string | null
    /** Last day of whoever has it now; while nobody has it, to hand it on. */
    nextDueOn: string | null
    closedOn: string | null
    reason: ExcludeReason | null
  }[]
  visits: {
    state: Extract<VisitState, 'planned' | 'reported'>
    on: string
    dueOn: string
    decisionDueOn: string | null
    visitor: string
  }[]
  cases: {
    kind: CaseKind
    state: CaseState
    step: CaseStep | null
    openedOn: string
    movedOn: string
    dueOn: string | null
    totalDueOn: string
    from: string | null
    until: string | null
    board: string | null
    category: string | null
    closedOn: string | null
    /** Step it ended at, where it led to nothing. */
    endedAt: string | null
  }[]
  spell: { category: string; risk: 'open' | 'resolved'; fromOn: string; because: string } | null
  plan: {
    openedOn: string
    dueOn: string
    firstDueOn: string
    types: MeasureType[]
    changedOn: string | null
  } | null
}

/** Six questions, whatever the household went through; what ended before `since` is left out. */
export async function readHouseholdNow(
  db: Db,
  { county, id }: Key,
  since: string,
): Promise<HouseholdNow | undefined> {
  const of = sql`county = ${county} and household_id = ${id}`
  const day = (column: string) => sql`(${sql.ref(column)} at time zone 'Asia/Shanghai')::date::text`
  const [household, clues, visits, cases, spells, plans] = await Promise.all([
    sql<Pick<HouseholdNow, 'headName' | 'village' | 'township'>>`
      select h.head_name, v.name as village, t.name as township
      from household h join division v on v.code = h.village join division t on t.code = v.parent_code
      where h.county = ${county} and h.id = ${id}`.execute(db),
    sql<HouseholdNow['clues'][number]>`
      select cause, state, opened_on, due_on, next_due_on, closed_on, outcome_reason as reason from clue
      where ${of} and (closed_on is null or state in ('excluded', 'solved') and closed_on >= ${since}::date)
      order by opened_on desc, level_rank, id`.execute(db),
    sql<HouseholdNow['visits'][number]>`
      select w.state, w.due_on, w.decision_due_on, u.name as visitor, ${day('w.planned_at')} as on
      from visit w join auth_user u on u.id = w.visitor
      where w.county = ${county} and w.household_id = ${id} and w.state in ('planned', 'reported')
        order by w.planned_at desc`.execute(db),
    sql<HouseholdNow['cases'][number]>`
      select f.kind, f.state, f.step, f.opened_on, f.due_on, f.total_due_on, f.publicity_from as from,
        f.publicity_until as until,
        f.publicity_place as board, f.category, f.closed_on, e.step as ended_at, ${day('e.at')} as moved_on
      from case_file f
      join lateral (
        select e.step, e.at from case_entry e where e.county = f.county and e.case_id = f.id order by e.id desc limit 1
      ) e on true
      where f.county = ${county} and f.household_id = ${id} and (f.closed_on is null or f.closed_on >= ${since}::date)
      order by f.opened_on desc, f.id desc`.execute(db),
    sql<NonNullable<HouseholdNow['spell']>>`
      select category, risk, from_on, opened_because as because from category_spell
      where ${of} and until_on is null and (risk = 'open' or risk = 'resolved' and from_on >= ${since}::date)`.execute(
      db,
    ),
    sql<NonNullable<HouseholdNow['plan']>>`
      select p.opened_on, p.due_on, p.first_measure_due_on as first_due_on, coalesce(m.types, '{}') as types,
        m.changed_on
      from plan p left join lateral (
        select array_agg(distinct type) as types, ${sql`max(made_at at time zone 'Asia/Shanghai')::date::text`}
          as changed_on
        from measure where county = p.county and plan_id = p.id and state <> 'cancelled'
      ) m on true
      where p.county = ${county} and p.household_id = ${id} and p.closed_on is null`.execute(db),
  ])
  const [found] = household.rows
  return (
    found && {
      ...found,
      ...{ clues: clues.rows, visits: visits.rows, cases: cases.rows },
      spell: spells.rows[0] ?? null,
      plan: plans.rows[0] ?? null,
    }
  )
}
