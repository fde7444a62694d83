import { z } from 'zod'
import { Division } from '../common.ts'

export const HouseholdStrip = z.object({
  ref: z.uuid(),
  householdNo: z.string(),
  headName: z.string(),
  memberCount: z.number().int(),
  registered: z.boolean(),
  category: z.string(),
  village: Division,
  township: Division,
  county: Division,
})
export type HouseholdStrip = z.infer<typeof HouseholdStrip>
