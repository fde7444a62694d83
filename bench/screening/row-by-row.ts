import { Engine, type NestedCondition, type TopLevelCondition } from 'json-rules-engine'
import type { Values } from '#server/modules/policy/index.ts'
import type { Condition, Operand, Rule } from '#server/modules/policy/rules/index.ts'
import type { IndicatorRow } from './indicator-rows.ts'
import type { Outcome } from './outcome.ts'

const names = {
  '<': 'below',
  '<=': 'atMost',
  '=': 'is',
  '!=': 'isNot',
  '>=': 'atLeast',
  '>': 'above',
} as const
const opposite = { '<': '>=', '<=': '>', '=': '!=', '!=': '=', '>=': '<', '>': '<=' } as const
type Operator = keyof typeof names

const compare: Record<Operator, (a: number, b: number) => boolean> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>=': (a, b) => a >= b,
  '>': (a, b) => a > b,
}

/**
 * json-rules-engine knows true and false only. Kleene's third value comes from asking twice: a case is true when its
 * condition holds with all its figures known, false when its denial does, and unknown when neither does.
 */
function conditionOf(condition: Condition, wanted: boolean, values: Values): NestedCondition {
  switch (condition.kind) {
    case 'all':
    case 'any': {
      const parts = condition.of.map((part) => conditionOf(part, wanted, values))
      return (condition.kind === 'all') === wanted ? { all: parts } : { any: parts }
    }
    case 'not':
      return conditionOf(condition.of, !wanted, values)
    case 'compare': {
      const operator = wanted ? condition.operator : opposite[condition.operator]
      return {
        fact: condition.indicator,
        operator: names[operator],
        value: operandValue(condition.operand, values),
      }
    }
  }
}

function operandValue(operand: Operand, values: Values): number | { fact: string } {
  if (operand.kind === 'indicator') return { fact: operand.indicator }
  return operand.kind === 'value' ? Number(operand.value) : (values.get(operand.parameter) ?? Number.NaN)
}

function engineFor(rules: readonly Rule[], values: Values, verdicts: readonly boolean[]): Engine {
  const engine = new Engine([], { allowUndefinedFacts: false })
  for (const [operator, name] of Object.entries(names) as [Operator, string][])
    engine.addOperator<number | null, number | null>(
      name,
      (a, b) => a !== null && b !== null && compare[operator](a, b),
    )
  for (const [r, rule] of rules.entries())
    for (const [c, { when }] of rule.cases.entries())
      for (const wanted of verdicts) {
        const condition = conditionOf(when, wanted, values)
        const conditions = 'all' in condition || 'any' in condition ? condition : { all: [condition] }
        engine.addRule({
          conditions: conditions as TopLevelCondition,
          event: { type: `${r} ${c} ${wanted}` },
        })
      }
  return engine
}

/** All rules over all households, one engine run each. Households with every figure known are not asked twice. */
export async function runRowByRow(
  rules: readonly Rule[],
  values: Values,
  rows: Iterable<IndicatorRow>,
): Promise<Outcome> {
  const once = engineFor(rules, values, [true])
  const twice = engineFor(rules, values, [true, false])
  const outcome: Outcome = { hits: [], cannotJudge: new Map() }
  for (const { county, householdId, figures } of rows) {
    const facts: Record<string, number | null> = {}
    let complete = true
    for (const name in figures) {
      const figure = figures[name] ?? null
      if (figure === null) complete = false
      facts[name] = figure === null ? null : Number(figure)
    }
    const { events } = await (complete ? once : twice).run(facts)
    const fired = new Set(events.map(({ type }) => type))
    for (const [r, rule] of rules.entries()) {
      const hit = rule.cases.findIndex((_, c) => fired.has(`${r} ${c} true`))
      if (hit >= 0) outcome.hits.push(`${county} ${householdId} ${rule.id} ${hit + 1}`)
      else if (!complete && !rule.cases.every((_, c) => fired.has(`${r} ${c} false`))) {
        const key = `${county} ${rule.id}`
        outcome.cannotJudge.set(key, (outcome.cannotJudge.get(key) ?? 0) + 1)
      }
    }
  }
  return outcome
}
