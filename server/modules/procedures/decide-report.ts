import type { Visit } from '#contract/work/visits.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import { type Actor, type Decision, decideVisit, type VisitDeps } from '#server/modules/visits/index.ts'
import { os } from '#server/platform/http/rpc.ts'
import { followConfirmation } from './steps/open.ts'

/** Decides what was found on a visit; what is confirmed opens or joins a case in the same transaction. Throws as `settleVisit`. */
export function decideReport(
  deps: VisitDeps,
  scope: AreaScope,
  me: Actor,
  decision: Decision,
): Promise<Visit> {
  return decideVisit(deps, scope, me, decision, followConfirmation)
}

/** Deciding on a visit's report opens the case that follows it, so it stands here and not with the visits. */
export const reportRoutes = {
  decide: os.visits.decide.handler(({ input, context: { deps, me, scope } }) =>
    decideReport(deps, scope, me, input),
  ),
}
