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
