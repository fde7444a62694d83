import { queryOptions, useQuery } from '@tanstack/react-query'
import { type Capability, may } from '#contract/capabilities.ts'
import type { Me } from '#contract/session.ts'
import { api, queryClient } from './client.ts'

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => api.session.me(),
  staleTime: 60_000,
  retry: false,
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

export class SignInError extends Error {
  readonly code: 'wrong' | 'many' | 'offline' | 'fallback'
  constructor(code: SignInError['code']) {
    super(code)
    this.code = code
  }
}

export async function signIn(username: string, password: string): Promise<Me> {
  const response = await fetch('/api/auth/sign-in/username', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  }).catch(() => {
    throw new SignInError('offline')
  })
  if (response.status === 401) throw new SignInError('wrong')
  if (response.status === 429) throw new SignInError('many')
  if (!response.ok)
    throw new SignInError(response.status === 422 || response.status === 400 ? 'wrong' : 'fallback')
  queryClient.clear()
  return queryClient.fetchQuery(meQuery)
}

export async function signOut(): Promise<void> {
  await fetch('/api/auth/sign-out', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  queryClient.clear()
}
