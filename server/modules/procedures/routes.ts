import { orGranted, os } from '#server/platform/http/rpc.ts'
import { readPublicList } from './documents/public-list.ts'
import { searchCases } from './export.ts'
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
import { getCase } from './view.ts'

export const caseRoutes = {
  list: os.cases.list.handler(({ input: { page, size, ...filter }, context: { deps, scope } }) =>
    searchCases(deps, scope, filter, { limit: size, offset: (page - 1) * size }),
  ),
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
