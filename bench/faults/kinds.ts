import { databaseKinds } from './kinds/database.ts'
import { diskKinds } from './kinds/disks.ts'
import { networkKinds } from './kinds/network.ts'
import { serverKinds } from './kinds/server.ts'
import { workerKinds } from './kinds/worker.ts'
import type { Layout, World } from './world.ts'

/** A fault made on purpose: strikes a world at work, lasts, and is over when `strike` resolves. */
export interface Kind {
  name: string
  layout?: Layout
  needsMount?: boolean
  strike(world: World): Promise<void>
}

export const kinds: readonly Kind[] = [
  ...serverKinds,
  ...databaseKinds,
  ...workerKinds,
  ...diskKinds,
  ...networkKinds,
]
