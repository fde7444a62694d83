import { queryOptions } from '@tanstack/react-query'
import type { Role } from '#contract/access/capabilities.ts'
import { api } from '#web/api/client.ts'

export function accountQuery(id: string) {
  return queryOptions({ queryKey: ['accounts', 'one', id], queryFn: () => api.accounts.get({ id }) })
}

/** What waits for a second person, and what was decided lately. */
export const requestsQuery = queryOptions({
  queryKey: ['accounts', 'requests'],
  queryFn: () => api.accounts.requests(),
})

/** Roles one may give to others. */
export const grantableQuery = queryOptions({
  queryKey: ['accounts', 'grantable'],
  queryFn: async () => (await api.accounts.list({ page: 1, size: 1 })).grantable,
})

/** Who could take over the work of an account: the same role, in use. */
export function takersQuery(role: Role) {
  return queryOptions({
    queryKey: ['accounts', 'takers', role],
    queryFn: async () => (await api.accounts.list({ role: [role], state: 'active', size: 200 })).rows,
  })
}
