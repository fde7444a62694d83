import { orGiven, os } from '#server/platform/rpc.ts'
import { getClue } from './clue-detail.ts'
import { listClues } from './clue-list.ts'
import { dispatchClues, recallClues } from './dispatch.ts'
import { getOverview } from './overview.ts'
import { reportHousehold } from './reports.ts'

export const clueRoutes = {
  list: os.clues.list.handler(({ input, context: { deps, scope } }) => {
    const { sort, descending, page, size, ...filter } = input
    return listClues(deps, scope, filter, { sort, descending }, { page, size })
  }),
  get: os.clues.get.handler(({ input, context }) =>
    orGiven(context, ({ deps, scope }) => getClue(deps, scope, input.id)),
  ),
  dispatch: os.clues.dispatch.handler(({ input, context: { deps, me } }) => dispatchClues(deps, me, input)),
  report: os.clues.report.handler(({ input, context: { deps, me, scope } }) =>
    reportHousehold(deps, { userId: me.userId, name: me.name, area: me.area, scope }, input),
  ),
  recall: os.clues.recall.handler(({ input, context: { deps, me } }) =>
    recallClues(deps, me, input.ids, input.reason),
  ),
}

export const overviewRoutes = {
  get: os.overview.get.handler(({ input, context: { deps, me } }) =>
    getOverview(deps, me.scope, input.area ?? me.area),
  ),
}
