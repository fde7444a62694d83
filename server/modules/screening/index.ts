/**
 * Indicators, rules in SQL, runs and signals. `screen` runs inside the caller's transaction and leaves the temporary
 * table `changed_signal`; money is 分, litres tenths, ratios basis points. Published tables: `indicator`, `signal`,
 * `signal_evidence`, `screening_run`, `rule_coverage`.
 */
export { packOn, policyPacks } from './active-pack.ts'
export { groupFeeds, type Indicator, indicatorByName, indicators } from './catalogue.ts'
export { type CompiledRules, compileRules } from './compile.ts'
export { type EvidenceRow, sayEvidence } from './evidence-words.ts'
export { explainSignal, type SignalRow } from './explain.ts'
export { evaluateRules } from './judge.ts'
export { ranBy } from './ran-by.ts'
export { type ScreeningResult, screen } from './screen.ts'
export { countsSql, hitsSql } from './verdicts.ts'
