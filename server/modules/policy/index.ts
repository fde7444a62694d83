/**
 * Policy packs: dated, place-bound parameters, rules with examples, causes; read from `policy/` and refused whole when
 * anything in them is not understood. Money is 分, ratios basis points, litres tenths. Throws {@link PolicyError}.
 */
export { evaluateRule, type Figures, operandOf, type Verdict } from './evaluate.ts'
export { type Measure, measuredComparison, measureOf, type Sentences, sayCase } from './explain.ts'
export { loadPolicyPack } from './load.ts'
export type {
  CauseTerm,
  IndicatorTerm,
  Parameter,
  PolicyDocument,
  PolicyPack,
  Rule,
  RuleCase,
  Vocabulary,
} from './model.ts'
export {
  type CountyValues,
  getParameter,
  resolveForCounties,
  resolveParameters,
  type Values,
} from './resolve.ts'
export { PolicyError } from './source-file.ts'
export { type Comparison, type Condition, comparisonsOf, indicatorsOf, type Operand } from './tree.ts'
export { sayFigure, toWritten } from './units.ts'
export { type ParameterView, type RuleView, sourceOf, viewParameters, viewRules } from './view.ts'
