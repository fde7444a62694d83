import { sql } from 'kysely'
import { indicatorsOf, measuredComparison, type Rule } from '#server/modules/policy/rules/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { type Indicator, indicatorByName } from '../indicators/catalogue.ts'
import { type CompiledRules, parameterSql } from './compile.ts'
import { countsSql, hitsSql } from './verdicts.ts'

/** Tables that a judgement fills; temporary. */
export interface JudgedTables {
  /** One row per county and verdict, as `CompiledRules` says. */
  verdict: string
  /** Household and rule that hit: rule_version, case_no, cause, level, measured, threshold, figures, proportional. */
  hit: string
}

export const liveTables: JudgedTables = { verdict: 'screening_verdict', hit: 'screening_hit' }

/**
 * Evaluates the compiled rules into a table. Sorting is off while it runs: the planner takes every verdict for
 * a different one and would sort 200,000 rows (150 → 90 ms).
 */
export async function evaluateRules(db: Db, compiled: CompiledRules, table = liveTables.verdict) {
  await sql`drop table if exists ${sql.table(table)}`.execute(db)
  await sql`set local enable_sort = off`.execute(db)
  await sql`set local enable_incremental_sort = off`.execute(db)
  await sql.raw(`create temporary table ${table} on commit drop as ${compiled.sql}`).execute(db)
  await sql`set local enable_sort to default`.execute(db)
  await sql`set local enable_incremental_sort to default`.execute(db)
}

/** Evaluates the rules over the indicators in a table, and puts the hits with their figures beside the verdicts. */
export async function judge(
  db: Db,
  compiled: CompiledRules,
  indicators = 'indicator',
  { verdict, hit }: JudgedTables = liveTables,
) {
  await evaluateRules(db, compiled, verdict)
  await sql`drop table if exists ${sql.table(hit)}`.execute(db)
  await sql
    .raw(`create temporary table ${hit} on commit drop as
    select v.county, v.household_id, v.rule, cast(c.rule_version as integer) as rule_version, v.case_no, c.cause,
      c.level,
      ${perCase(compiled, measuredSql)} as measured,
      ${perCase(compiled, limitSql)} as threshold,
      ${perRule(compiled, figuresSql)} as figures, c.proportional
    from (${hitsSql(compiled, verdict)}) v
    join ${indicators} i on i.county = v.county and i.household_id = v.household_id
    join ${caseTable(compiled)} on c.rule = v.rule and c.case_no = v.case_no${compiled.join}`)
    .execute(db)
  await sql`analyze ${sql.table(hit)}`.execute(db)
}

/** How each rule came out in each county: county, rule, version, households, hits, cannot_judge. `looked` has their households. */
export function coverageSql(compiled: CompiledRules, looked: string, { verdict } = liveTables): string {
  const rules = compiled.rules.map(({ id, version }) => `('${id}', ${version})`).join(', ')
  return `select total.county, r.rule, r.version, total.households, coalesce(n.hits, 0) as hits,
    coalesce(n.cannot_judge, 0) as cannot_judge
  from (select county, count(*) as households from ${looked} group by county) total
  cross join (values ${rules}) r(rule, version)
  left join (${countsSql(compiled, verdict)}) n on n.county = total.county and n.rule = r.rule`
}

/** Verdict counts into `rule_coverage`; a county without a row for a rule has only misses. */
export async function recordCoverage(db: Db, compiled: CompiledRules, run: number, looked: string) {
  await sql`
    insert into rule_coverage (run_id, county, rule, rule_version, households, hits, cannot_judge)
    select ${run}::bigint, * from (${sql.raw(coverageSql(compiled, looked))}) c`.execute(db)
}

function caseTable({ rules }: CompiledRules): string {
  const rows = rules.flatMap((rule) =>
    rule.cases.map((one, i) => {
      const { unit } = indicatorOf(one.measure)
      const proportional = unit !== 'bool' && unit !== 'grade'
      return `('${rule.id}', ${i + 1}, ${rule.version}, '${one.cause}', '${one.level}', ${proportional})`
    }),
  )
  return `(values ${rows.join(', ')}) c(rule, case_no, rule_version, cause, level, proportional)`
}

function perCase(
  compiled: CompiledRules,
  value: (rule: Rule, index: number, compiled: CompiledRules) => string,
) {
  const branches = compiled.rules.flatMap((rule) =>
    rule.cases.map(
      (_, i) => `when v.rule = '${rule.id}' and v.case_no = ${i + 1} then ${value(rule, i, compiled)}`,
    ),
  )
  return `cast(case ${branches.join(' ')} end as bigint)`
}

function perRule({ rules }: CompiledRules, value: (rule: Rule) => string) {
  return `case v.rule ${rules.map((rule) => `when '${rule.id}' then ${value(rule)}`).join(' ')} end`
}

function comparisonOf(rule: Rule, index: number) {
  const one = rule.cases[index]
  if (!one) throw new Error(`${rule.id} has no case ${index + 1}`)
  return measuredComparison(one)
}

/** Whole, and on the side of the limit where the exact figure is: 4,999.996 is under 5,000. */
function measuredSql(rule: Rule, index: number, compiled: CompiledRules): string {
  const indicator = indicatorOf(comparisonOf(rule, index).indicator)
  const figure = whole(indicator)
  if (indicator.sqlType !== 'double precision') return figure
  return `case when ${figure} < ${limitSql(rule, index, compiled)} then floor(${figure}) else ceil(${figure}) end`
}

function limitSql(rule: Rule, index: number, compiled: CompiledRules): string {
  const { operand } = comparisonOf(rule, index)
  if (operand.kind === 'indicator') return whole(indicatorOf(operand.indicator))
  if (operand.kind === 'value') return String(Number(operand.value))
  return parameterSql(operand.parameter, compiled.values)
}

function figuresSql(rule: Rule): string {
  const names = [...new Set(rule.cases.flatMap(({ when }) => indicatorsOf(when)))]
  return `jsonb_build_object(${names.map((name) => `'${name}', i.${indicatorOf(name).column}`).join(', ')})`
}

function whole({ column, unit }: Indicator): string {
  return unit === 'bool' ? `cast(i.${column} as integer)` : `i.${column}`
}

function indicatorOf(name: string): Indicator {
  const indicator = indicatorByName.get(name)
  if (!indicator) throw new Error(`no indicator ${name}`)
  return indicator
}
