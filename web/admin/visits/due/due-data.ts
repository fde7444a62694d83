import type { api } from '#web/api/client.ts'

export type DueData = Awaited<ReturnType<typeof api.visits.due>>
export type DueRow = DueData['rows'][number]
