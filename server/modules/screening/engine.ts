/** The parts of a screening one by one, for benchmarks that measure each alone and lay it beside other engines. */
export { knownIndicators } from './as-known.ts'
export { indicatorGroups, indicators } from './indicators/catalogue.ts'
export { columnsOf, indicatorsSql } from './indicators/compute.ts'
export { factTables, type Judged } from './indicators/define.ts'
export { refreshIndicators } from './indicators/refresh.ts'
export { type CompiledRules, compileRules } from './rules/compile.ts'
export { evaluateRules } from './rules/judge.ts'
export { countsSql, hitsSql } from './rules/verdicts.ts'
