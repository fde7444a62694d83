import { queryOptions, useQuery } from '@tanstack/react-query'
import { type Capability, may } from '#contract/access/capabilities.ts'
import type { Me } from '#contract/access/session.ts'
import { api, queryClient } from './client.ts'

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => api.session.me(),
  staleTime: 60_000,
})

export const signInOptionsQuery = queryOptions({
  queryKey: ['sign-in-options'],
  queryFn: () => api.session.options(),
})

/** Who is signed in; every page below the layout has one. */
export function useMe(): Me {
  const { data } = useQuery(meQuery)
  if (!data) throw new Error('not signed in')
  return data
}

export function useMay(capability: Capability): boolean {
  return may(useMe().role, capability)
}

/** Whether the sign-in still lacks a step: a second factor, or a password of one's own. */
export function isHalfSignedIn({ secondFactor, mustChangePassword }: Me): boolean {
  return mustChangePassword || secondFactor === 'required' || secondFactor === 'pending'
}

/** Who is signed in now, requested anew: whatever another person saw here before is forgotten. */
export function refreshMe(): Promise<Me> {
  queryClient.clear()
  return queryClient.fetchQuery(meQuery)
}
