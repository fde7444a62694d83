export { describeReason, erasedRow, type Reason, type ReasonCode } from '../definitions/reasons.ts'
export { describeReasonInEnglish } from '../definitions/reasons-english.ts'
export type { CheckLimits, Value } from '../definitions/row-rule.ts'
export { type ColumnMapping, compileRowCheck, type RowCheck } from './compile-row-check.ts'
