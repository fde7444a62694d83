import { api } from '#web/api/client.ts'

/** Counted on request, for it reads every household of a county. */
export const dueSumsQuery = (area: number) => ({
  queryKey: ['due-sums', area],
  queryFn: () => api.visits.dueSums({ area }),
  staleTime: 300_000,
})
