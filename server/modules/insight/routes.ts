import { os } from '#server/platform/http/rpc.ts'
import { getOverview } from './overview.ts'

export const overviewRoutes = {
  get: os.overview.get.handler(({ input, context: { deps, me } }) =>
    getOverview(deps, me.scope, input.area ?? me.area),
  ),
}
