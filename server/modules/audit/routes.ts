import { os } from '#server/platform/http/rpc.ts'
import { acknowledgeAlarm, listAlarms } from './alarms.ts'
import { chainStatus } from './chain/status.ts'
import { getEntry, searchEntries } from './search.ts'

export const verificationQueue = 'audit-verify'

export const auditRoutes = {
  list: os.audit.list.handler(({ input: { before, size, ...filter }, context: { deps, me } }) =>
    searchEntries(deps.database.db, me.scope, filter, { before, size }),
  ),
  get: os.audit.get.handler(({ input, context: { deps, me } }) =>
    getEntry(deps.database.db, me.scope, input.id),
  ),
  // The chain is one for the whole installation: how far it reaches says nothing about anybody.
  chain: os.audit.chain.handler(({ context: { deps } }) => chainStatus(deps.work.db, deps.keyRing.signer)),
  verify: os.audit.verify.handler(async ({ context: { deps } }) => {
    await deps.jobs.send(verificationQueue, {})
    await deps.audit.record(deps.database.db, { action: 'audit.verify' })
    return { started: true }
  }),
  alarms: os.audit.alarms.handler(({ input, context: { deps, me } }) =>
    listAlarms(deps.database.db, me.scope, input),
  ),
  acknowledge: os.audit.acknowledge.handler(({ input, context: { deps, me } }) =>
    acknowledgeAlarm(deps, me, input),
  ),
}
