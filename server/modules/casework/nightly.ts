import type { Clock } from '#server/platform/clock.ts'
import type { Session } from '#server/platform/db.ts'
import { followPlans } from './plans/follow.ts'
import { recheckSolved } from './recheck-solved.ts'

export interface NightResult {
  /** Clues that opened anew, for what a department called solved still stands. */
  rechecked: number
  plans: { opened: number; closed: number }
}

/** What follows the night's screening and its merge, in the same transaction. */
export async function nightlyCasework(
  { clock }: { clock: Clock },
  { db }: Pick<Session, 'db'>,
): Promise<NightResult> {
  const today = clock.today()
  const rechecked = await recheckSolved(db, today, clock.now())
  return { rechecked, plans: await followPlans(db, today) }
}
