import { queryOptions } from '@tanstack/react-query'
import { api } from '#web/api/client.ts'

export const lettersQuery = (ref: string) =>
  queryOptions({ queryKey: ['letters', ref], queryFn: () => api.letters.list({ ref }) })
