import { followPlans } from '#server/modules/assistance/follow.ts'
import { recheckSolved } from '#server/modules/clues/work/recheck-solved.ts'
import { renewDeclarations } from '#server/modules/contact/declarations/take-up.ts'
import type { Clock } from '#server/platform/clock.ts'
import type { Session } from '#server/platform/database/db.ts'

export interface NightResult {
  /** Clues that opened anew, for what a department called solved still stands. */
  rechecked: number
  plans: { opened: number; closed: number }
  /** Declarations whose household has come into the register, and those whose time is over. */
  declarations: { found: number; lapsed: number }
}

/** What follows the night's screening and its merge, in the same transaction. */
export async function nightlyCasework(
  { clock }: { clock: Clock },
  { db }: Pick<Session, 'db'>,
): Promise<NightResult> {
  const today = clock.today()
  const rechecked = await recheckSolved(db, today, clock.now())
  const plans = await followPlans(db, today)
  return { rechecked, plans, declarations: await renewDeclarations(db, today) }
}
