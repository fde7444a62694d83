import { useQueryClient } from '@tanstack/react-query'

/** After a change: lists and details are requested anew. */
export function useRefreshAccounts(): () => Promise<void> {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: ['accounts'] })
}
