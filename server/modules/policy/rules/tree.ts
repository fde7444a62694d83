/**
 * The condition of a rule. Money is in 分, ratios in basis points, grades 1–4, whatever the policy file writes.
 * It maps one to one on react-querybuilder: `all`/`any` are its combinators, `not` its flag, a comparison its rule.
 */
export type Condition =
  | { kind: 'all' | 'any'; of: readonly Condition[] }
  | { kind: 'not'; of: Condition }
  | { kind: 'compare'; indicator: string; operator: Operator; operand: Operand }

export const operators = ['<', '<=', '=', '!=', '>=', '>'] as const
export type Operator = (typeof operators)[number]

export type Operand =
  | { kind: 'value'; value: number | boolean }
  | { kind: 'parameter'; parameter: string }
  | { kind: 'indicator'; indicator: string }

export type Comparison = Extract<Condition, { kind: 'compare' }>

/** Every comparison, in the order it is written. */
export function comparisonsOf(condition: Condition): Comparison[] {
  if (condition.kind === 'compare') return [condition]
  if (condition.kind === 'not') return comparisonsOf(condition.of)
  return condition.of.flatMap(comparisonsOf)
}

/** Every indicator the condition looks at, once, in the order it is written. */
export function indicatorsOf(condition: Condition): string[] {
  const names = comparisonsOf(condition).flatMap((comparison) =>
    comparison.operand.kind === 'indicator'
      ? [comparison.indicator, comparison.operand.indicator]
      : [comparison.indicator],
  )
  return [...new Set(names)]
}
