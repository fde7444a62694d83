import { os } from '#server/platform/http/rpc.ts'
import { resumeAccount, suspendAccount, unlockAccount } from './operations.ts'
import { requestRoutes } from './requests/routes.ts'
import { getAccount, searchAccounts } from './view.ts'

export const accountRoutes = {
  list: os.accounts.list.handler(({ input, context: { deps, me } }) => searchAccounts(deps, me, input)),
  get: os.accounts.get.handler(({ input: { id }, context: { deps, me } }) => getAccount(deps, me, id)),
  ...requestRoutes,
  suspend: os.accounts.suspend.handler(({ input: { id, reason }, context: { deps, me } }) =>
    suspendAccount(deps, me, id, reason),
  ),
  resume: os.accounts.resume.handler(({ input: { id, reason }, context: { deps, me } }) =>
    resumeAccount(deps, me, id, reason),
  ),
  unlock: os.accounts.unlock.handler(({ input: { id }, context: { deps, me } }) =>
    unlockAccount(deps, me, id),
  ),
}
