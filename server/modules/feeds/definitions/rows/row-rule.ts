import type { ReasonCode } from './reasons.ts'

export type Value = string | number | boolean | null

/** What a check may measure against; policy figures and the day come from outside. */
export interface CheckLimits {
  /** The batch's day, `YYYY-MM-DD`. */
  today: string
  /** How far the parts of a settlement may add up beside its total. */
  settlementToleranceFen: number
}

export interface Failure {
  code: ReasonCode
  /** Fills the text of the reason. */
  detail?: string
}

/** A check over several columns of one row. It runs when none of its columns failed; `null` values reach it. */
export interface RowRule {
  keys: readonly string[]
  check(values: readonly Value[], limits: CheckLimits): Failure | undefined
}
