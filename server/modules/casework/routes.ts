import { ClueFilter } from '#contract/clues.ts'
import { AppError } from '#server/platform/errors.ts'
import { orGiven, os } from '#server/platform/rpc.ts'
import type { StreamHandler } from '#server/platform/stream-route.ts'
import { maskNumbers } from '#server/platform/text.ts'
import { getClue } from './clue-detail.ts'
import { clueFile, listClues } from './clue-list.ts'
import { dispatchClues, recallClue } from './dispatch.ts'
import { getOverview } from './overview.ts'

export const clueRoutes = {
  list: os.clues.list.handler(({ input, context: { deps, scope } }) => {
    const { sort, descending, page, size, ...filter } = input
    return listClues(deps, scope, filter, { sort, descending }, { page, size })
  }),
  get: os.clues.get.handler(({ input, context }) =>
    orGiven(context, ({ deps, scope }) => getClue(deps, scope, input.id)),
  ),
  dispatch: os.clues.dispatch.handler(({ input, context: { deps, me } }) => dispatchClues(deps, me, input)),
  recall: os.clues.recall.handler(({ input, context: { deps, me } }) =>
    recallClue(deps, me, input.id, input.reason),
  ),
}

export const overviewRoutes = {
  get: os.overview.get.handler(({ input, context: { deps, me } }) =>
    getOverview(deps, me.scope, input.area ?? me.area),
  ),
}

/** `GET /clues.csv?filter={…}` */
export const clueStream: StreamHandler = async ({ deps, scope, query }) => {
  const filter = readFilter(query.filter)
  const { fileName, body } = clueFile(deps, scope, filter)
  await deps.audit.record(deps.database.db, {
    action: 'clues.export',
    detail: { filter: maskNumbers(JSON.stringify(filter)) },
  })
  return { type: 'text/csv; charset=utf-8', fileName, body }
}

function readFilter(text: string | undefined): ClueFilter {
  try {
    return ClueFilter.parse(JSON.parse(text ?? '{}'))
  } catch (cause) {
    throw new AppError('bad-request', { query: 'filter' }, cause)
  }
}
