import type { z } from 'zod'
import type { SpellChange as Change, RiskStatus as Risk } from '#contract/registry/categories.ts'
import type { HouseholdCategory as Category } from '#contract/registry/households.ts'

export type HouseholdCategory = z.infer<typeof Category>
export type RiskStatus = z.infer<typeof Risk>
export type SpellChange = z.infer<typeof Change>

/** Changes by which a member leaves the household, as a list in SQL. */
export const leavingChanges = "('death', 'married-out', 'emigrated', 'imprisoned', 'moved-out')"

/** Full years between birth and a day. */
export function ageOn(birth: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4))
  return day.slice(5) < birth.slice(5) ? years - 1 : years
}

export interface IncomeItems {
  wageFen: number
  businessGrossFen: number
  propertyFen: number
  familyPlanningFen: number
  dibaoFen: number
  tekunFen: number
  pensionFen: number
  ecoCompensationFen: number
  otherTransferFen: number
  businessCostFen: number
}

/** Net income: every receipt less the cost of the business. */
export function netIncomeFen({ businessCostFen, ...receipts }: IncomeItems): number {
  return Object.values(receipts).reduce((sum, fen) => sum + fen, 0) - businessCostFen
}
