import { sql } from 'kysely'
import { indicatorsOf } from '#server/modules/policy/rules/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { columnsOf, openExchange, rowsOf } from '#server/platform/row-exchange.ts'
import { changedSignals, screenedHouseholds } from '../exchanges.ts'
import { indicatorByName } from '../indicators/catalogue.ts'
import type { CompiledRules } from '../rules/compile.ts'
import { undecidedSql } from '../rules/verdicts.ts'

export interface SignalChanges {
  raised: number
  changed: number
  cleared: number
}

interface JudgedRules {
  compile: (source: string) => CompiledRules
  run: number
  asOf: string
  /** Rules that were judged; null for all, those that the policy no longer has included. */
  rules: readonly string[] | null
}

/**
 * Turns `screening_hit` into signals for the `screenedHouseholds`: new ones are raised, changed figures noted,
 * the same left alone; what is no longer true is cleared, what cannot be judged stays. Leaves `changedSignals`.
 */
export async function applyHits(db: Db, { compile, run, asOf, rules }: JudgedRules): Promise<SignalChanges> {
  await sql`drop table if exists screening_lapsed`.execute(db)
  await openExchange(db, changedSignals)
  await updateChanged(db, run, asOf)
  await raiseNew(db, run, asOf)
  await clearLapsed(db, { compile, run, asOf, rules })
  await sql`analyze ${changed}`.execute(db)
  const { rows } = await sql<{ change: keyof SignalChanges; n: number }>`
    select change, count(*) as n from ${changed} group by change`.execute(db)
  const counts = Object.fromEntries(rows.map(({ change, n }) => [change, n]))
  return { raised: counts.raised ?? 0, changed: counts.changed ?? 0, cleared: counts.cleared ?? 0 }
}

const changed = rowsOf(changedSignals)

const margin = sql`case when h.proportional and h.threshold <> 0
  then least(greatest(round(h.measured::numeric / h.threshold, 4), -99999999), 99999999) end`

async function updateChanged(db: Db, run: number, asOf: string) {
  await sql`
    with changed as (
      update signal s set rule_version = h.rule_version, level = h.level, case_no = h.case_no, figures = h.figures,
        measured = h.measured, threshold = h.threshold, margin = ${margin}, changed_on = ${asOf}::date,
        last_run = ${run}
      from screening_hit h
      where s.county = h.county and s.household_id = h.household_id and s.rule = h.rule and s.cause = h.cause
        and s.cleared_on is null
        and (s.rule_version, s.level, s.case_no, s.measured, s.threshold, s.figures)
          is distinct from (h.rule_version, h.level, h.case_no, h.measured, h.threshold, h.figures)
      returning s.county, s.id, s.household_id, s.rule, s.cause, s.level, s.measured
    )
    insert into ${changed} (${columnsOf(changedSignals)})
    select changed.*, 'changed' from changed`.execute(db)
}

async function raiseNew(db: Db, run: number, asOf: string) {
  await sql`
    with raised as (
      insert into signal (county, household_id, village, rule, rule_version, cause, level, case_no, figures, measured,
        threshold,
        margin, opened_on, changed_on, first_run, last_run)
      select h.county, h.household_id, i.village, h.rule, h.rule_version, h.cause, h.level, h.case_no, h.figures,
        h.measured,
        h.threshold, ${margin}, ${asOf}::date, ${asOf}::date, ${run}, ${run}
      from screening_hit h join indicator i on i.county = h.county and i.household_id = h.household_id
      where not exists (select from signal s where s.county = h.county and s.household_id = h.household_id
        and s.rule = h.rule and s.cause = h.cause and s.cleared_on is null)
      order by h.county, h.household_id, h.rule
      returning county, id, household_id, rule, cause, level, measured
    )
    insert into ${changed} (${columnsOf(changedSignals)})
    select raised.*, 'raised' from raised`.execute(db)
}

/**
 * Signals in scope that did not hit are cleared, unless the rule cannot be judged because a source is late. Where every
 * source is on time, "nobody says so" means that the row which proved the signal was corrected or withdrawn.
 */
async function clearLapsed(db: Db, { compile, run, asOf, rules }: JudgedRules) {
  await sql`
    create temporary table screening_lapsed on commit drop as
    select s.county, s.id, s.household_id, s.rule
    from signal s join ${rowsOf(screenedHouseholds)} t on t.county = s.county and t.household_id = s.household_id
    where s.cleared_on is null and (${rules}::text[] is null or s.rule = any(${rules})) and not exists (
      select from screening_hit h where h.county = s.county and h.household_id = s.household_id and h.rule = s.rule
        and h.cause = s.cause)`.execute(db)
  await sql`analyze screening_lapsed`.execute(db)
  const compiled = compile(
    '(select * from indicator where (county, household_id) in (select county, household_id from screening_lapsed))',
  )
  await sql`
    with cleared as (
      update signal s set cleared_on = ${asOf}::date, changed_on = ${asOf}::date, last_run = ${run}
      from screening_lapsed l
      where s.county = l.county and s.id = l.id
        and not exists (select from (${sql.raw(undecidedSql(compiled))}) u
          join (values ${sql.raw(groupsOf(compiled))}) g(rule, indicator_group) on g.rule = u.rule
          join screening_coverage c on c.county = u.county and c.indicator_group = g.indicator_group and not c.covered
          where u.county = l.county and u.household_id = l.household_id and u.rule = l.rule)
      returning s.county, s.id, s.household_id, s.rule, s.cause, s.level, s.measured
    )
    insert into ${changed} (${columnsOf(changedSignals)})
    select cleared.*, 'cleared' from cleared`.execute(db)
}

function groupsOf({ rules }: CompiledRules): string {
  const pairs = rules.flatMap(({ id, cases }) =>
    cases.flatMap(({ when }) =>
      indicatorsOf(when).map((name) => `('${id}', '${indicatorByName.get(name)?.group}')`),
    ),
  )
  return [...new Set(pairs)].join(', ')
}
