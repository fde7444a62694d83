import { areaScope } from '#server/modules/divisions/index.ts'
import { orGranted, os } from '#server/platform/http/rpc.ts'
import { getHouseholdPage, listHouseholdRows } from './household-page.ts'

export const householdRoutes = {
  list: os.households.list.handler(({ input, context: { deps, scope } }) => {
    const { area, q, category, page, size } = input
    const search = { q, categories: category, area: area === undefined ? undefined : areaScope(area) }
    return listHouseholdRows(deps, scope, search, { limit: size, offset: (page - 1) * size })
  }),
  get: os.households.get.handler(({ input, context }) =>
    orGranted(context, ({ deps, scope }) => getHouseholdPage(deps, scope, input.ref, input.knownOn)),
  ),
}
