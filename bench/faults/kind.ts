import type { Layout, World } from './world.ts'

/** A fault made on purpose: strikes a world at work, lasts, and is over when `strike` resolves. */
export interface Kind {
  name: string
  layout?: Layout
  needsMount?: boolean
  strike(world: World): Promise<void>
}
