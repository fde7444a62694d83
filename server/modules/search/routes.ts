import { os } from '#server/platform/http/rpc.ts'
import { findEverything } from './find.ts'

export const searchRoutes = {
  find: os.search.find.handler(({ input: { q }, context: { deps, me, scope } }) =>
    findEverything(deps, me, scope, q),
  ),
}
