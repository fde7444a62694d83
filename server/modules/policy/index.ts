/**
 * Policy packs: dated, place-bound parameters, rules with examples, causes; read from `policy/` and refused whole when
 * anything in them is not understood. Money is 分, ratios basis points, litres tenths. Throws {@link PolicyError}.
 */

export type {
  ChecklistItem,
  IndicatorTerm,
  MeasureCheck,
  MeasureTerm,
  PolicyPack,
  RetentionRule,
  Rule,
} from './model.ts'
export { loadPolicyPack } from './packs/load.ts'
export { loadPolicyPacks, packInForce } from './packs/packs.ts'
export type { letterValues } from './packs/read-letters.ts'
export { PolicyError } from './packs/source-file.ts'
export {
  type CountyValues,
  findParameter,
  getParameter,
  resolveForCounties,
  resolveParameters,
  type Values,
  valueInForce,
} from './resolve.ts'
export { evaluateRule, type Figures, type Verdict } from './rules/evaluate.ts'
export { type Measure, measuredComparison, sayCase } from './rules/explain.ts'
export { type Condition, indicatorsOf, type Operand } from './rules/tree.ts'
export { sayFigure } from './units.ts'
export { sourceOf, viewChecklist, viewMeasures, viewParameters, viewRules } from './view.ts'
