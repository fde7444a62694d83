import { getParameter, resolveParameters } from '#server/modules/policy/index.ts'
import { activePack, screen } from '#server/modules/screening/index.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { IntakeHooks } from '#server/platform/intake-hooks.ts'

/** What follows a merge, and what the policy allows of a file: the one place that knows modules above and below the feeds. */
export function assembleIntake(clock: Clock): IntakeHooks {
  const policy = activePack()
  return {
    limits(day, division) {
      const values = resolveParameters(policy, day, division)
      const share = (key: 'feedRejectShareLimit' | 'feedDuplicateShareLimit' | 'feedUnmatchedShareLimit') =>
        getParameter(values, key) / 10_000
      return {
        rejectShare: share('feedRejectShareLimit'),
        duplicateShare: share('feedDuplicateShareLimit'),
        unmatchedShare: share('feedUnmatchedShareLimit'),
        holdMinimumRows: getParameter(values, 'feedHoldMinimumRows'),
        settlementToleranceFen: getParameter(values, 'medicalTotalTolerance'),
      }
    },
    async afterMerge(session, { feed, touched, asOf }) {
      const scope = { touchedTable: touched, feeds: [feed] }
      const result = await screen({ policy, clock }, session, { scope, asOf })
      return { newSignals: result.raised, newClues: 0 }
    },
  }
}
