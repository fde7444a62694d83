import { areaScope } from '#server/modules/divisions/index.ts'
import { findContradictions } from '#server/modules/registry/households/index.ts'
import { orGranted, os } from '#server/platform/http/rpc.ts'
import { getHouseholdPage, listHouseholdRows } from './household-page.ts'

export const householdRoutes = {
  list: os.households.list.handler(({ input, context: { deps, scope } }) => {
    const { area, q, category, finding, page, size } = input
    const search = {
      q,
      categories: category,
      sizeDiffers: finding === 'size',
      area: area === undefined ? undefined : areaScope(area),
    }
    return listHouseholdRows(deps, scope, search, { limit: size, offset: (page - 1) * size })
  }),
  findings: os.households.findings.handler(({ input: { area }, context: { deps, scope } }) =>
    findContradictions(
      deps.database.db,
      scope,
      area === undefined ? scope : areaScope(area),
      deps.clock.today(),
    ),
  ),
  get: os.households.get.handler(({ input, context }) =>
    orGranted(context, ({ deps, scope }) => getHouseholdPage(deps, scope, input.ref, input.knownOn)),
  ),
}
