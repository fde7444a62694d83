import { api } from '#web/api/client.ts'

export const breakGlassQuery = {
  queryKey: ['break-glass'],
  queryFn: () => api.breakGlass.list({}),
}
