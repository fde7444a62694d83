import type { Kind } from './kind.ts'
import { databaseKinds } from './kinds/database.ts'
import { diskKinds } from './kinds/disks.ts'
import { networkKinds } from './kinds/network.ts'
import { serverKinds } from './kinds/server.ts'
import { workerKinds } from './kinds/worker.ts'

export const kinds: readonly Kind[] = [
  ...serverKinds,
  ...databaseKinds,
  ...workerKinds,
  ...diskKinds,
  ...networkKinds,
]
