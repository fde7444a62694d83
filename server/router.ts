import { sessionRoutes } from '#server/modules/access/index.ts'

/** Every module's routes, by explicit import; the shape is the contract's. */
export const router = {
  session: sessionRoutes,
}
