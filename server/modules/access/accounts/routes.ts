import { os } from '#server/platform/http/rpc.ts'
import {
  createAccount,
  moveAccount,
  resetPassword,
  resetSecondFactor,
  resumeAccount,
  suspendAccount,
  unlockAccount,
} from './operations.ts'
import { getAccount, searchAccounts } from './view.ts'

export const accountRoutes = {
  list: os.accounts.list.handler(({ input, context: { deps, me } }) => searchAccounts(deps, me, input)),
  get: os.accounts.get.handler(({ input: { id }, context: { deps, me } }) => getAccount(deps, me, id)),
  create: os.accounts.create.handler(({ input, context: { deps, me } }) => createAccount(deps, me, input)),
  move: os.accounts.move.handler(({ input: { id, ...to }, context: { deps, me } }) =>
    moveAccount(deps, me, id, to),
  ),
  suspend: os.accounts.suspend.handler(({ input: { id, reason }, context: { deps, me } }) =>
    suspendAccount(deps, me, id, reason),
  ),
  resume: os.accounts.resume.handler(({ input: { id, reason }, context: { deps, me } }) =>
    resumeAccount(deps, me, id, reason),
  ),
  unlock: os.accounts.unlock.handler(({ input: { id }, context: { deps, me } }) =>
    unlockAccount(deps, me, id),
  ),
  resetPassword: os.accounts.resetPassword.handler(({ input: { id, reason }, context: { deps, me } }) =>
    resetPassword(deps, me, id, reason),
  ),
  resetSecondFactor: os.accounts.resetSecondFactor.handler(
    ({ input: { id, reason }, context: { deps, me } }) => resetSecondFactor(deps, me, id, reason),
  ),
}
