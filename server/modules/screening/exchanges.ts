import { defineExchange, type HouseholdPlace, householdPlace } from '#server/platform/row-exchange.ts'

/** A signal that a screening raised, found changed, or cleared. */
export interface ChangedSignal {
  county: number
  signalId: number
  householdId: number
  rule: string
  cause: string
  level: string
  measured: number
  change: 'raised' | 'changed' | 'cleared'
}

/** What a screening leaves for those that follow it in the same transaction: the signals that changed, */
export const changedSignals = defineExchange<ChangedSignal>('changed_signal', {
  county: 'integer',
  signalId: 'bigint',
  householdId: 'bigint',
  rule: 'text',
  cause: 'text',
  level: 'text',
  measured: 'bigint',
  change: 'text',
})

/** and the households it looked at. */
export const screenedHouseholds = defineExchange<HouseholdPlace>('screening_scope', householdPlace)

/** A household and rule that hit, with what it was judged by. */
export interface Hit {
  county: number
  householdId: number
  rule: string
  ruleVersion: number
  caseNo: number
  cause: string
  level: string
  measured: number
  threshold: number
  figures: Record<string, number | boolean | null>
}

/** What a screening of a past day leaves for whoever called it: the hits, */
export const knownHits = defineExchange<Hit>('known_hit', {
  county: 'integer',
  householdId: 'bigint',
  rule: 'text',
  ruleVersion: 'integer',
  caseNo: 'smallint',
  cause: 'text',
  level: 'text',
  measured: 'bigint',
  threshold: 'bigint',
  figures: 'jsonb',
})

export interface HitEvidence {
  county: number
  householdId: number
  rule: string
  fact: string
  batchId: number
  rowNo: number
  personId: number | null
  happenedOn: string | null
  amountFen: number | null
  detail: Record<string, string | number | boolean | null>
}

/** the rows that prove them, */
export const knownEvidence = defineExchange<HitEvidence>('known_evidence', {
  county: 'integer',
  householdId: 'bigint',
  rule: 'text',
  fact: 'text',
  batchId: 'bigint',
  rowNo: 'integer',
  personId: 'bigint',
  happenedOn: 'date',
  amountFen: 'bigint',
  detail: 'jsonb',
})

export interface Verdicts {
  county: number
  rule: string
  ruleVersion: number
  households: number
  hits: number
  cannotJudge: number
}

/** and how each rule came out in each county. */
export const knownVerdicts = defineExchange<Verdicts>('known_verdicts', {
  county: 'integer',
  rule: 'text',
  ruleVersion: 'integer',
  households: 'bigint',
  hits: 'bigint',
  cannotJudge: 'bigint',
})
