import { z } from 'zod'
import { AuditFilter } from '#contract/protection/audit.ts'
import { toList } from '#web/ui/page/search-params.ts'

/** The audit's filter, the entry the page begins before, and the one that is open. */
export const AuditSearch = z.object({
  from: AuditFilter.shape.from.catch(undefined),
  to: AuditFilter.shape.to.catch(undefined),
  actor: z.string().optional(),
  action: z.preprocess(toList, AuditFilter.shape.action).catch(undefined),
  outcome: AuditFilter.shape.outcome.catch(undefined),
  household: AuditFilter.shape.household.catch(undefined),
  object: z.string().optional(),
  address: z.string().optional(),
  before: z.coerce.number().int().optional().catch(undefined),
  id: z.coerce.number().int().optional().catch(undefined),
})
