export { describeReason, erasedRow, type Reason, type ReasonCode } from '../definitions/rows/reasons.ts'
export type { CheckLimits, Value } from '../definitions/rows/row-rule.ts'
export { type ColumnMapping, compileRowCheck, type RowCheck } from './compile-row-check.ts'
export { describeReasonInEnglish } from './reasons-english.ts'
