import { orGranted, os } from '#server/platform/http/rpc.ts'
import { reportHousehold } from './arrivals/reports.ts'
import { getClue } from './detail/clue-detail.ts'
import { listClues } from './list/clue-list.ts'
import { dispatchClues } from './work/dispatch.ts'
import { recallClues } from './work/recall.ts'
import { withdrawClues } from './work/withdraw.ts'

export const clueRoutes = {
  list: os.clues.list.handler(({ input, context: { deps, scope } }) => {
    const { sort, descending, page, size, ...filter } = input
    return listClues(deps, scope, filter, { sort, descending }, { page, size })
  }),
  get: os.clues.get.handler(({ input, context }) =>
    orGranted(context, ({ deps, scope }) => getClue(deps, scope, input.id, context.me)),
  ),
  dispatch: os.clues.dispatch.handler(({ input, context: { deps, me } }) => dispatchClues(deps, me, input)),
  report: os.clues.report.handler(({ input, context: { deps, me, scope } }) =>
    reportHousehold(deps, { userId: me.userId, name: me.name, area: me.area, scope }, input),
  ),
  withdraw: os.clues.withdraw.handler(({ input, context: { deps, me } }) =>
    withdrawClues(deps, me, input.ids, input.reason),
  ),
  recall: os.clues.recall.handler(({ input, context: { deps, me } }) =>
    recallClues(deps, me, input.ids, input.reason),
  ),
}
