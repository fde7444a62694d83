import type { Rule } from '../model.ts'
import type { Condition, Operand } from './tree.ts'

export type Figures = Readonly<Record<string, number | boolean | null>>

/** The verdict of one rule on one household. `case` counts from 1. */
export type Verdict = { outcome: 'hit'; case: number } | { outcome: 'miss' } | { outcome: 'cannot-judge' }

/**
 * The reference: one household at a time, Kleene's three values. The first case that is true wins, even after one that
 * could not be judged; if none is true and any is unknown, the rule cannot be judged. The set-based SQL must agree.
 */
export function evaluateRule(
  rule: Pick<Rule, 'cases'>,
  parameters: ReadonlyMap<string, number>,
  figures: Figures,
): Verdict {
  const results = rule.cases.map(({ when }) => judge(when, parameters, figures))
  const hit = results.indexOf(true)
  if (hit >= 0) return { outcome: 'hit', case: hit + 1 }
  return { outcome: results.includes(null) ? 'cannot-judge' : 'miss' }
}

function judge(
  condition: Condition,
  parameters: ReadonlyMap<string, number>,
  figures: Figures,
): boolean | null {
  switch (condition.kind) {
    case 'all': {
      const parts = condition.of.map((part) => judge(part, parameters, figures))
      return parts.includes(false) ? false : parts.includes(null) ? null : true
    }
    case 'any': {
      const parts = condition.of.map((part) => judge(part, parameters, figures))
      return parts.includes(true) ? true : parts.includes(null) ? null : false
    }
    case 'not': {
      const part = judge(condition.of, parameters, figures)
      return part === null ? null : !part
    }
    case 'compare': {
      const left = figureOf(condition.indicator, figures)
      const right = operandOf(condition.operand, parameters, figures)
      if (left === null || right === null) return null
      return compare(Number(left), condition.operator, Number(right))
    }
  }
}

function figureOf(name: string, figures: Figures): number | boolean | null {
  const figure = figures[name]
  if (figure === undefined) throw new Error(`no figure for indicator ${name}`)
  return figure
}

export function operandOf(
  operand: Operand,
  parameters: ReadonlyMap<string, number>,
  figures: Figures,
): number | boolean | null {
  if (operand.kind === 'value') return operand.value
  if (operand.kind === 'indicator') return figureOf(operand.indicator, figures)
  // Nothing is set for the day: who would judge by the figure of another year?
  return parameters.get(operand.parameter) ?? null
}

function compare(left: number, operator: string, right: number): boolean {
  switch (operator) {
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '=':
      return left === right
    case '!=':
      return left !== right
    case '>=':
      return left >= right
    case '>':
      return left > right
    default:
      throw new Error(`unknown operator ${operator}`)
  }
}
