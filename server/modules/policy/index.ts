/**
 * Policy packs: dated, place-bound parameters, rules with examples, causes; read from `policy/` and refused whole when
 * anything in them is not understood. Money is 分, ratios basis points, litres tenths. Throws {@link PolicyError}.
 */
export { evaluateRule, type Figures, type Verdict } from './evaluate.ts'
export { type Measure, measuredComparison, sayCase } from './explain.ts'
export { loadPolicyPack } from './load.ts'
export type {
  ChecklistItem,
  IndicatorTerm,
  MeasureCheck,
  MeasureTerm,
  PolicyPack,
  RetentionRule,
  Rule,
} from './model.ts'
export { loadPolicyPacks, packInForce } from './packs.ts'
export type { letterValues } from './read-letters.ts'
export {
  type CountyValues,
  findParameter,
  getParameter,
  resolveForCounties,
  resolveParameters,
  type Values,
  valueInForce,
} from './resolve.ts'
export type { RetentionKey } from './retention-keys.ts'
export { PolicyError } from './source-file.ts'
export { type Condition, indicatorsOf, type Operand } from './tree.ts'
export { sayFigure } from './units.ts'
export { sourceOf, viewChecklist, viewMeasures, viewParameters, viewRules } from './view.ts'
