import { areaScope } from '#server/modules/divisions/index.ts'
import { orGranted, os } from '#server/platform/http/rpc.ts'
import { readPublicList } from './documents/public-list.ts'
import { listCaseRecords } from './queries.ts'
import {
  answerObjection,
  decideFlag,
  dropCase,
  explainFlag,
  openGreenChannel,
  pauseCase,
  takeObjection,
} from './steps/decisions.ts'
import { enteredQueue } from './steps/entered.ts'
import { openResolution } from './steps/open.ts'
import { doStep } from './steps/steps.ts'
import { getCase, presentCaseRow } from './view.ts'

export const caseRoutes = {
  list: os.cases.list.handler(async ({ input, context: { deps, scope } }) => {
    const { area, kind, state, step, overdue, household, page, size } = input
    const chosen = area === undefined ? scope : areaScope(area)
    const within = { ...scope, from: Math.max(scope.from, chosen.from), to: Math.min(scope.to, chosen.to) }
    const { rows, total, steps } = await listCaseRecords(
      deps.database.db,
      { scope: within, today: deps.clock.today(), kind, states: state, steps: step, overdue, household },
      { limit: size, offset: (page - 1) * size },
    )
    return { total, steps, rows: rows.map(presentCaseRow) }
  }),
  get: os.cases.get.handler(({ input, context }) =>
    orGranted(context, ({ deps, scope }) => getCase(deps, scope, context.me, input.id)),
  ),
  step: os.cases.step.handler(async ({ input, context: { deps, me, scope } }) => {
    const done = await doStep(deps, scope, me, input.id, input.input)
    // Judged anew as what it is now, right after; should the process end before, the next look at what was entered finds it.
    if (done.state === 'entered') await deps.jobs.send(enteredQueue, {})
    return done
  }),
  explainFlag: os.cases.explainFlag.handler(({ input, context: { deps, me, scope } }) =>
    explainFlag(deps, scope, me, input),
  ),
  decideFlag: os.cases.decideFlag.handler(({ input, context: { deps, me, scope } }) =>
    decideFlag(deps, scope, me, input),
  ),
  object: os.cases.object.handler(({ input, context: { deps, me, scope } }) =>
    takeObjection(deps, scope, me, input),
  ),
  answerObjection: os.cases.answerObjection.handler(({ input, context: { deps, me, scope } }) =>
    answerObjection(deps, scope, me, input),
  ),
  drop: os.cases.drop.handler(({ input, context: { deps, me, scope } }) => dropCase(deps, scope, me, input)),
  pause: os.cases.pause.handler(({ input, context: { deps, me, scope } }) =>
    pauseCase(deps, scope, me, input),
  ),
  greenChannel: os.cases.greenChannel.handler(({ input, context: { deps, me, scope } }) =>
    openGreenChannel(deps, scope, me, input),
  ),
  resolve: os.cases.resolve.handler(({ input, context: { deps, me, scope } }) =>
    openResolution(deps, scope, me, input),
  ),
  publicList: os.cases.publicList.handler(({ input, context: { deps, scope } }) =>
    readPublicList(deps, scope, input),
  ),
}
