export { type ColumnMapping, compileRowCheck, type RowCheck } from './compile-row-check.ts'
export { describeReason, erasedRow, type Reason, type ReasonCode } from './reasons.ts'
export { describeReasonInEnglish } from './reasons-english.ts'
export type { CheckLimits, Value } from './row-rule.ts'
