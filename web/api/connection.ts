import { useSyncExternalStore } from 'react'
import { isLost, queryClient } from './client.ts'

const cache = queryClient.getQueryCache()
const isRetrying = () =>
  cache.getAll().some(({ state }) => state.fetchStatus === 'fetching' && isLost(state.fetchFailureReason))

/** Whether something the page needs is being asked for again because nobody could be reached. */
export function useConnectionLost(): boolean {
  return useSyncExternalStore((changed) => cache.subscribe(changed), isRetrying)
}
