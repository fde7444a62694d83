import type { CountyValues } from '#server/modules/policy/index.ts'
import { type Condition, comparisonsOf, type Operand, type Rule } from '#server/modules/policy/rules/index.ts'
import { type Indicator, indicatorByName } from '../indicators/catalogue.ts'

/** Each rule takes four bits of a bigint: 0 miss, 1–7 the case that hit, 8 cannot judge. Fifteen rules to a word. */
export const rulesPerWord = 15
export const cannotJudge = 8

export interface CompiledRules {
  /** PostgreSQL that DuckDB also understands. Rows: county, verdict words, households, household_ids (null unless a rule hit). */
  sql: string
  /** The same verdicts household by household, misses included: county, household_id, verdict words. */
  eachSql: string
  values: CountyValues
  /** Join to the figures of counties that have their own, as `p`; empty where all are the same. */
  join: string
  /** Rules in the order of their bits. */
  rules: readonly Rule[]
  words: readonly string[]
}

/**
 * All rules in one scan of `source`. Households that no rule hits fold into one row per county and verdict, so only hits
 * are materialised. What is not understood throws: there is no condition that stands for anything it could not read.
 */
export function compileRules(
  rules: readonly Rule[],
  values: CountyValues,
  source = 'indicator',
): CompiledRules {
  if (rules.length === 0) throw new Error('no rules to compile')
  const context: Context = { values, varying: variesBy(values) }
  const words: string[] = []
  const columns: string[] = []
  for (let first = 0; first < rules.length; first += rulesPerWord) {
    const word = `verdict_${words.length + 1}`
    const terms = rules
      .slice(first, first + rulesPerWord)
      .map((rule, place) => verdictSql(rule, place, context))
    words.push(word)
    columns.push(`${terms.join('\n    + ')} as ${word}`)
  }
  const hit = words.map((word) => `(${word} & ${hitMask}) <> 0`).join(' or ')
  const keys = ['county', ...words].join(', ')
  const eachSql = `select i.county, i.household_id,
    ${columns.join(',\n    ')}
  from ${source} i${joinSql(context)}`
  const conditions = rules.flatMap((rule) => rule.cases.map(({ when }) => conditionSql(when, context)))
  const sql = `select ${keys}, count(*) as households, array_agg(household_id) filter (where ${hit}) as household_ids
from (
  ${eachSql}
  where (${conditions.join(' or ')}) is not false
) judged
group by ${keys}`
  return { sql, eachSql, values, join: joinSql(context), rules, words }
}

/** 0x0777…7: the bits that a hit sets. */
const hitMask = Array.from({ length: rulesPerWord }, (_, i) => 7n << BigInt(4 * i)).reduce((a, b) => a | b)

interface Context {
  values: CountyValues
  /** Parameters that differ between counties and so come from a join. */
  varying: readonly string[]
}

function variesBy({ varying }: CountyValues): string[] {
  return [...new Set([...varying.values()].flatMap((values) => [...values.keys()]))]
}

/** The rule's four bits at their place: a hit as soon as a case is true, else unknown if any case is. */
function verdictSql(rule: Rule, place: number, context: Context): string {
  if (rule.cases.length === 0 || rule.cases.length > 7) throw new Error(`${rule.id}: one to seven cases`)
  const shift = (code: number) => `cast(${BigInt(code) << BigInt(4 * place)} as bigint)`
  const cases = rule.cases.map(({ when }) => conditionSql(when, context))
  const hits = cases.map((condition, i) => `when ${condition} then ${shift(i + 1)}`)
  // Testing the columns is cheaper than the conditions a second time, and nearly always settles it.
  const nullable = [...new Set(rule.cases.flatMap(({ when }) => nullableColumns(when)))]
  const limits = rule.cases.flatMap(({ when }) => limitsOf(when, context))
  const known = [...nullable, ...limits].map((column) => `${column} is not null`)
  const unknown =
    known.length === 0
      ? `else ${shift(0)}`
      : `when ${known.join(' and ')} then ${shift(0)} when (${cases.join(' or ')}) is null then ${shift(cannotJudge)} else ${shift(0)}`
  return `case ${hits.join(' ')} ${unknown} end`
}

function conditionSql(condition: Condition, context: Context): string {
  switch (condition.kind) {
    case 'all':
    case 'any':
      if (condition.of.length === 0) throw new Error('an empty group would hold for everyone')
      return `(${condition.of.map((part) => conditionSql(part, context)).join(condition.kind === 'all' ? ' and ' : ' or ')})`
    case 'not':
      return `not ${conditionSql(condition.of, context)}`
    case 'compare': {
      const left = indicatorOf(condition.indicator)
      const { operator, operand } = condition
      if (left.unit === 'bool' && operand.kind === 'value') {
        if (operator !== '=' && operator !== '!=') throw new Error(`${left.name} has no order`)
        return operand.value === (operator === '=') ? `i.${left.column}` : `not i.${left.column}`
      }
      const symbol = sqlOperators[operator]
      if (!symbol) throw new Error(`operator not understood: ${operator}`)
      return `i.${left.column} ${symbol} ${operandSql(operand, context)}`
    }
    default:
      throw new Error(`condition not understood: ${JSON.stringify(condition satisfies never)}`)
  }
}

const sqlOperators = { '<': '<', '<=': '<=', '=': '=', '!=': '<>', '>=': '>=', '>': '>' } as const

function operandSql(operand: Operand, { values }: Context): string {
  switch (operand.kind) {
    case 'value':
      return literal(operand.value)
    case 'indicator':
      return `i.${indicatorOf(operand.indicator).column}`
    case 'parameter':
      return parameterSql(operand.parameter, values)
    default:
      throw new Error(`operand not understood: ${JSON.stringify(operand satisfies never)}`)
  }
}

/** A parameter as a constant, or as a column of the counties' join; unknown where nothing is set for the day. */
export function parameterSql(key: string, values: CountyValues): string {
  const value = values.uniform.get(key)
  if (value !== undefined) return literal(value)
  if (variesBy(values).includes(key)) return `p.${quoted(key)}`
  if (values.unset.has(key)) return notSet
  throw new Error(`the policy has no parameter ${key}`)
}

const notSet = 'cast(null as bigint)'

function literal(value: number | boolean): string {
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new Error(`not a whole number: ${value}`)
  return String(value)
}

/** Counties whose figures differ join a small table of constants. */
function joinSql({ values, varying }: Context): string {
  if (varying.length === 0) return ''
  const rows = [...values.varying].map(([county, own]) => {
    const figures = varying.map((key) => {
      const value = own.get(key)
      return value === undefined ? notSet : literal(value)
    })
    return `(${[county, ...figures].join(', ')})`
  })
  const names = ['county', ...varying.map(quoted)].join(', ')
  return `\n    join (values ${rows.join(', ')}) p(${names}) on p.county = i.county`
}

function quoted(key: string): string {
  if (!/^[a-zA-Z][a-zA-Z0-9.-]*$/.test(key)) throw new Error(`not a parameter key: ${key}`)
  return `"${key}"`
}

function indicatorOf(name: string): Indicator {
  const indicator = indicatorByName.get(name)
  if (!indicator) throw new Error(`no indicator ${name}`)
  return indicator
}

/** Limits of the policy that may not be set for the day or the county. */
function limitsOf(condition: Condition, { values }: Context): string[] {
  const limits = comparisonsOf(condition).flatMap(({ operand }) =>
    operand.kind === 'parameter' ? [parameterSql(operand.parameter, values)] : [],
  )
  return [...new Set(limits)].filter((limit) => limit === notSet || limit.startsWith('p.'))
}

function nullableColumns(condition: Condition): string[] {
  if (condition.kind === 'not') return nullableColumns(condition.of)
  if (condition.kind !== 'compare') return condition.of.flatMap(nullableColumns)
  const names = [
    condition.indicator,
    ...(condition.operand.kind === 'indicator' ? [condition.operand.indicator] : []),
  ]
  return names
    .map(indicatorOf)
    .filter((one) => one.feeds.length > 0)
    .map((one) => `i.${one.column}`)
}
