import { z } from 'zod'
import { AccountAction, AccountFilter, AccountSort } from '#contract/access/accounts.ts'
import { area, page, toFlag, toList } from '#web/ui/page/search-params.ts'

/** The list of accounts; the open one stands beside its filter. */
export const AccountSearch = z.object({
  area,
  role: z.preprocess(toList, AccountFilter.shape.role).catch(undefined),
  state: AccountFilter.shape.state.catch(undefined),
  q: z.string().optional(),
  sort: AccountSort.optional().catch(undefined),
  descending: z.preprocess(toFlag, z.boolean().optional()),
  page,
  id: z.string().optional(),
  act: z
    .enum([...AccountAction.options, 'create', 'file'])
    .optional()
    .catch(undefined),
})
export type AccountSearch = z.infer<typeof AccountSearch>
