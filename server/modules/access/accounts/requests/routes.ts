import { os } from '#server/platform/http/rpc.ts'
import { decideRequests } from './decide.ts'
import { requestAccount, requestMove, requestReset } from './request.ts'
import { searchRequests } from './view.ts'

export const requestRoutes = {
  create: os.accounts.create.handler(({ input, context: { deps, me } }) => requestAccount(deps, me, input)),
  move: os.accounts.move.handler(({ input: { id, ...to }, context: { deps, me } }) =>
    requestMove(deps, me, id, to),
  ),
  resetPassword: os.accounts.resetPassword.handler(({ input: { id, reason }, context: { deps, me } }) =>
    requestReset(deps, me, id, { kind: 'reset-password', reason }),
  ),
  resetSecondFactor: os.accounts.resetSecondFactor.handler(
    async ({ input: { id, reason }, context: { deps, me } }) => {
      const made = await requestReset(deps, me, id, { kind: 'reset-second-factor', reason })
      return { request: made.id }
    },
  ),
  requests: os.accounts.requests.handler(({ context: { deps, me } }) => searchRequests(deps, me)),
  decide: os.accounts.decide.handler(({ input, context: { deps, me } }) => decideRequests(deps, me, input)),
}
