import type { api } from '#web/api/client.ts'

export type LadderData = Awaited<ReturnType<typeof api.workbench.ladder>>
