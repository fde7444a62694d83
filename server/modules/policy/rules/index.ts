/**
 * The language of rules: conditions over indicators and parameters, the reference evaluator with three values, and the sentences a
 * hit is explained by. Money is 分, ratios basis points, litres tenths.
 */
export type { IndicatorTerm, Rule } from '../model.ts'
export { describeFigure } from '../units.ts'
export { evaluateRule, type Figures } from './evaluate.ts'
export { describeCase, type Measure, measuredComparison } from './explain.ts'
export { type Condition, comparisonsOf, indicatorsOf, type Operand } from './tree.ts'
