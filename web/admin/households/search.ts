import { z } from 'zod'
import { HouseholdCategory } from '#contract/registry/households.ts'
import { area, page, toList } from '#web/ui/page/search-params.ts'

export const HouseholdSearch = z.object({
  area,
  q: z.string().optional(),
  category: z.preprocess(toList, z.array(HouseholdCategory).optional()).catch(undefined),
  finding: z.enum(['size']).optional().catch(undefined),
  page,
})

export const KnownOnSearch = z.object({ knownOn: z.iso.date().optional().catch(undefined) })
