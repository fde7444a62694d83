import { orGranted, os } from '#server/platform/http/rpc.ts'
import { addMeasure, changeMeasure } from './operations.ts'
import { getPlanOf, listPlans } from './view.ts'

export const planRoutes = {
  list: os.plans.list.handler(({ input, context: { deps, scope } }) => {
    const { page, size, ...filter } = input
    return listPlans(deps, scope, filter, { page, size })
  }),
  get: os.plans.get.handler(({ input, context }) =>
    orGranted(context, async ({ deps, scope }) => {
      const plan = await getPlanOf(deps, scope, context.me, input.ref)
      deps.audit.describe({ household: input.ref })
      return { plan }
    }),
  ),
  add: os.plans.add.handler(({ input, context: { deps, me, scope } }) => addMeasure(deps, scope, me, input)),
  change: os.plans.change.handler(({ input, context: { deps, me, scope } }) =>
    changeMeasure(deps, scope, me, input),
  ),
}
