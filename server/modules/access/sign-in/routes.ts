import type { Division } from '#contract/common.ts'
import { findDivision } from '#server/modules/divisions/index.ts'
import { AppError } from '#server/platform/errors.ts'
import { os, publicOs } from '#server/platform/http/rpc.ts'
import { listSessions, revokeOtherSessions, revokeSession } from './sessions.ts'

export const sessionRoutes = {
  me: os.session.me.handler(async ({ context: { deps, me } }) => {
    const area = await findDivision(deps.database.db, me.area)
    if (!area) throw new AppError('not-found', { division: me.area })
    const { code, name, level }: Division = area
    const { username, role, department, secondFactor, mustChangePassword } = me
    return {
      name: me.name,
      username,
      role,
      department,
      area: { code, name, level },
      secondFactor,
      mustChangePassword,
      idleMinutes: deps.identity.limits.sessionIdleMinutes,
      endsAt: me.sessionEndsAt,
      asOf: deps.clock.today(),
      demo: deps.demo,
    }
  }),
  options: publicOs.session.options.handler(({ context: { services } }) => {
    const { limits, singleSignOn } = services.identity
    return {
      singleSignOn,
      passwordRules: {
        minimumLength: limits.passwordMinimumLength,
        classes: limits.passwordClasses,
        history: limits.passwordHistory,
      },
      lockout: { failures: limits.lockoutFailures, minutes: limits.lockoutMinutes },
    }
  }),
  list: os.session.list.handler(({ context: { deps, me } }) =>
    listSessions({ database: deps.roles.auth }, me, deps.identity.limits),
  ),
  revoke: os.session.revoke.handler(async ({ input: { id }, context: { deps, me } }) => {
    await revokeSession({ database: deps.roles.auth, audit: deps.audit }, me, id)
  }),
  revokeOthers: os.session.revokeOthers.handler(async ({ context: { deps, me } }) => ({
    ended: await revokeOtherSessions({ database: deps.roles.auth, audit: deps.audit }, me),
  })),
}
