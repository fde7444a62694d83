import { os } from '#server/platform/http/rpc.ts'
import { handOver, takeBack } from './handover.ts'

export const handoverRoutes = {
  handover: os.accounts.handover.handler(({ input: { id, ...rest }, context: { deps, me } }) =>
    handOver(deps, me, id, rest),
  ),
  takeBack: os.accounts.takeBack.handler(({ input, context: { deps, me } }) => takeBack(deps, me, input)),
}
