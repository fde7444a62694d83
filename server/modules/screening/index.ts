/**
 * Indicators, rules in SQL, runs and signals. `screen` runs inside the caller's transaction and leaves
 * `changedSignals` and `screenedHouseholds`; money is 分, litres tenths, ratios basis points. Published tables: `indicator`, `signal`,
 * `signal_evidence`, `screening_run`, `rule_coverage`.
 */
export { packOn, policyPacks } from './active-pack.ts'
export { screenAsKnown } from './as-known.ts'
export * as engine from './engine.ts'
export { changedSignals, screenedHouseholds } from './exchanges.ts'
export { indicatorByName, indicators } from './indicators/catalogue.ts'
export { describeEvidence, type EvidenceRow } from './indicators/evidence-words.ts'
export { judgedDay } from './judged-day.ts'
export { ranBy } from './ran-by.ts'
export { screen } from './screen.ts'
export { explainSignal, type SignalRow } from './signals/explain.ts'
