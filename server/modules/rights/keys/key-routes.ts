import { inTransaction } from '#server/platform/database/db.ts'
import { os } from '#server/platform/http/rpc.ts'
import { describeKeys } from '#server/platform/keys/key-status.ts'

export const keyRoutes = {
  list: os.keys.list.handler(({ context: { deps } }) => describeKeys(deps.work.db)),
  rotate: os.keys.rotate.handler(({ context: { deps, me }, input }) =>
    inTransaction(deps.work, async ({ db }) => {
      const id = await deps.keyRing.rotate(db, me.username)
      await deps.audit.record(db, {
        action: 'keys.rotate',
        object: { kind: 'key', ref: String(id) },
        reason: input.reason,
      })
      return { id }
    }),
  ),
}
