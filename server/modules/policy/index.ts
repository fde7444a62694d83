/**
 * Policy packs: dated, place-bound parameters, rules with examples, causes; read from `policy/` and refused whole when
 * anything in them is not understood. Money is 分, ratios basis points, litres tenths. Throws `PolicyError` with file, line and
 * reason. The language its rules are written in has a door of its own, `rules/index.ts`.
 */
export type { PolicyPack, RetentionRule } from './model.ts'
export { loadPolicyPacks, packInForce } from './packs/packs.ts'
export type { ProgramParameter } from './packs/program-parameters.ts'
export type { letterValues } from './packs/read-letters.ts'
export {
  type CountyValues,
  findParameter,
  getParameter,
  resolveForCounties,
  resolveParameters,
  type Values,
  valueInForce,
} from './resolve.ts'
export { sourceOf, viewPack } from './view.ts'
