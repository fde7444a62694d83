import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Role } from '#contract/access/capabilities.ts'
import { api } from '#web/api/client.ts'
import type { AccountSearch } from './search.ts'

export const pageSize = 50

export function accountsQuery({ id: _, act: __, page = 1, ...filter }: AccountSearch) {
  return queryOptions({
    queryKey: ['accounts', 'list', filter, page],
    queryFn: () => api.accounts.list({ ...filter, page, size: pageSize }),
    placeholderData: keepPreviousData,
  })
}

export function accountQuery(id: string) {
  return queryOptions({ queryKey: ['accounts', 'one', id], queryFn: () => api.accounts.get({ id }) })
}

/** Who could take over the work of an account: the same role, in use. */
export function takersQuery(role: Role) {
  return queryOptions({
    queryKey: ['accounts', 'takers', role],
    queryFn: async () => (await api.accounts.list({ role: [role], state: 'active', size: 200 })).rows,
  })
}
