import { sessionRoutes } from '#server/modules/access/index.ts'
import { batchRoutes, feedRoutes } from '#server/modules/feeds/index.ts'

/** Every module's routes, by explicit import; the shape is the contract's. */
export const router = {
  session: sessionRoutes,
  feeds: feedRoutes,
  batches: batchRoutes,
}
