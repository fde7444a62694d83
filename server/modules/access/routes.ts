import type { Division } from '#contract/common.ts'
import { findDivision } from '#server/modules/divisions/index.ts'
import { AppError } from '#server/platform/errors.ts'
import { os, publicOs } from '#server/platform/rpc.ts'
import { demoAccounts } from './demo-accounts.ts'

export const sessionRoutes = {
  me: os.session.me.handler(async ({ context: { deps, me } }) => {
    const area = await findDivision(deps.database.db, me.area)
    if (!area) throw new AppError('not-found', { division: me.area })
    const { code, name, level }: Division = area
    const { username, role, department } = me
    return {
      name: me.name,
      username,
      role,
      department,
      area: { code, name, level },
      asOf: deps.clock.today(),
      demo: deps.demo,
    }
  }),
  demo: publicOs.session.demo.handler(({ context: { services } }) => ({
    accounts: services.demo
      ? demoAccounts.map(({ username, password, title }) => ({ username, password, title }))
      : [],
    asOf: services.clock.today(),
  })),
}
