import { os } from '#server/platform/http/rpc.ts'
import { listCategorySpells, readCategories, reconcile } from './operations.ts'

export const categoryRoutes = {
  summary: os.categories.summary.handler(({ input, context: { deps, me } }) =>
    readCategories(deps, me.scope, input.area ?? me.area, input.on),
  ),
  reconcile: os.categories.reconcile.handler(({ input: { area, ...days }, context: { deps, me } }) =>
    reconcile(deps, me.scope, area ?? me.area, days),
  ),
  spells: os.categories.spells.handler(({ input: { page, size, ...filter }, context: { deps, scope } }) =>
    listCategorySpells(deps, scope, filter, { page, size }),
  ),
}
