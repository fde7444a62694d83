import { sql } from 'kysely'
import type { Rule } from '#server/modules/policy/rules/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { columnsOf, rowsOf } from '#server/platform/row-exchange.ts'
import { changedSignals, screenedHouseholds } from '../exchanges.ts'
import { indicatorByName } from '../indicators/catalogue.ts'
import { factTables } from '../indicators/define.ts'
import type { CompiledRules } from '../rules/compile.ts'
import { undecidedSql } from '../rules/verdicts.ts'

export interface JudgedRules {
  compile: (source: string) => CompiledRules
  run: number
  asOf: string
  /** Table with the figures of the policy, county by county. */
  counties: string
  /** Rules that were judged; null for all, those that the policy no longer has included. */
  rules: readonly string[] | null
}

/**
 * Signals in scope that did not hit end: found untrue; or, where the rule cannot be judged, because their rows were withdrawn, because
 * whatever the source may say they can no longer hold, or after the policy's longest hold. Others are kept, and it is noted since when
 * nothing is known of them.
 */
export async function clearLapsed(
  db: Db,
  { compile, run, asOf, counties, rules }: JudgedRules,
): Promise<void> {
  await sql`drop table if exists screening_lapsed, screening_undecided`.execute(db)
  await sql`
    create temporary table screening_lapsed on commit drop as
    select s.county, s.id, s.household_id, s.rule, s.case_no, s.spoke_to, s.opened_on, s.silent_since,
      null::text as ended
    from signal s join ${rowsOf(screenedHouseholds)} t on t.county = s.county and t.household_id = s.household_id
    where s.cleared_on is null and (${rules}::text[] is null or s.rule = any(${rules})) and not exists (
      select from screening_hit h where h.county = s.county and h.household_id = s.household_id and h.rule = s.rule
        and h.cause = s.cause)`.execute(db)
  await sql`analyze screening_lapsed`.execute(db)
  const compiled = compile(
    '(select * from indicator where (county, household_id) in (select county, household_id from screening_lapsed))',
  )
  await sql`create temporary table screening_undecided on commit drop as ${sql.raw(undecidedSql(compiled))}`.execute(
    db,
  )
  await sql`
    update screening_lapsed l set ended = case
        when u.rule is null then 'untrue'
        when proof.rows > 0 and proof.live = 0 then 'withdrawn'
        when ${sql.raw(endsOn(compiled.rules))} <= ${asOf}::date then 'over'
        when l.silent_since + c.signal_kept <= ${asOf}::date then 'unknown'
      end
    from screening_lapsed x
    left join screening_undecided u on u.county = x.county and u.household_id = x.household_id and u.rule = x.rule
    left join ${sql.table(counties)} c on c.county = x.county
    cross join lateral (
      select count(*) as rows, count(*) filter (where ${sql.raw(isLive)}) as live
      from signal_evidence e where e.county = x.county and e.signal_id = x.id and u.rule is not null
    ) proof
    where l.county = x.county and l.id = x.id`.execute(db)
  await sql`
    update signal s set silent_since = ${asOf}::date
    from screening_lapsed l
    where s.county = l.county and s.id = l.id and l.ended is null and s.silent_since is null`.execute(db)
  await sql`
    with cleared as (
      update signal s set cleared_on = greatest(${asOf}::date, s.opened_on), changed_on = ${asOf}::date,
        ended = l.ended, last_run = ${run}
      from screening_lapsed l
      where s.county = l.county and s.id = l.id and l.ended is not null
      returning s.county, s.id, s.household_id, s.rule, s.cause, s.level, s.measured
    )
    insert into ${rowsOf(changedSignals)} (${columnsOf(changedSignals)})
    select cleared.*, 'cleared' from cleared`.execute(db)
}

/**
 * Whether the row of evidence `e` still stands: known, and of somebody who is still there. Bills and fees stay with the household that
 * paid them.
 */
const isLive = `case e.fact ${[...factTables, 'member_record']
  .map(
    (table) => `when '${table}' then exists (
          select from ${table} f where f.county = e.county and f.household_id = e.household_id
            and f.batch_id = e.batch_id and f.row_no = e.row_no and f.known_until is null)`,
  )
  .join('\n        ')} else true end
        and (e.person_id is null or e.amount_fen is not null or exists (
          select from person p where p.county = e.county and p.id = e.person_id and p.household_id = e.household_id
            and p.left_on is null))`

/** Day from which a signal of the case can no longer hold, as its newest row is of `spoke_to`; null where it may go on for ever. */
function endsOn(rules: readonly Rule[]): string {
  const branches = rules.flatMap(({ id, cases }) =>
    cases.flatMap(({ measure }, i) => {
      const ends = indicatorByName.get(measure)?.ends
      return ends ? [`when l.rule = '${id}' and l.case_no = ${i + 1} then ${ends('l.spoke_to')}`] : []
    }),
  )
  return branches.length > 0 ? `case ${branches.join(' ')} end` : 'null::date'
}
