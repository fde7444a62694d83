import { os } from '#server/platform/http/rpc.ts'
import { decideRetention, getRetention, requestRetention } from './retention.ts'

export const retentionRoutes = {
  get: os.retention.get.handler(({ context: { deps, me } }) => getRetention(deps, me)),
  request: os.retention.request.handler(({ input: { digest }, context: { deps, me } }) =>
    requestRetention(deps, me, digest),
  ),
  decide: os.retention.decide.handler(({ input, context: { deps, me } }) => decideRetention(deps, me, input)),
}
