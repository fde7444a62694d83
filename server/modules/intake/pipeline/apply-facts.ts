import type { Session } from '#server/platform/database/db.ts'
import type { FeedsDeps } from '../deps.ts'
import { coverCounties } from './coverage.ts'
import { renewWaitingRefunds } from './figures/refunds.ts'
import type { Intake } from './intake.ts'
import { listTouched, restate, supersede, touchedHouseholds, withdraw } from './merge-facts.ts'
import type { MatchCounts } from './merge-session.ts'
import type { FactsOf } from './rows/place-rows.ts'
import type { IntakeTables } from './tables.ts'

interface Applying {
  deps: Pick<FeedsDeps, 'intake'>
  session: Session
  intake: Intake
  tables: IntakeTables
  facts: FactsOf
}

interface Applied {
  /** Facts added, superseded or withdrawn. */
  changes: number
  withdrawn: number
  touched: number
  /** Up to which day the file covers its counties; null where it covers none. */
  coveredUntil: string | null
  newSignals: number
  newClues: number
}

/**
 * The one way in which placed rows become known, whether a file or a person's word on it brought them: what says something else takes
 * the place of what was known, the registry follows, what the files cover is told, and everything that follows a merge is done, all in
 * the caller's transaction.
 */
export async function applyFacts(
  { deps, session, intake, tables, facts }: Applying,
  { added, changed, same, late }: Pick<MatchCounts, 'added' | 'changed' | 'same' | 'late'>,
  file: { beforeFollowing: () => void } | null,
): Promise<Applied> {
  const { client } = session
  const { id, feed } = intake
  const { asOf, now } = facts
  if (same > 0) await restate(client, tables, facts)
  if (changed + late > 0) await supersede(client, tables, facts)
  const corrects = file ? intake.corrects : null
  const withdrawn = corrects === null ? 0 : await withdraw(client, tables, facts, corrects)
  const changes = added + changed + withdrawn
  const touched = await listTouched(deps, session, facts, intake.corrects, changes)
  await renewWaitingRefunds(session.db)
  const { coverageShare: shareOfCounties } = deps.intake.limits(asOf, intake.area)
  const coveredUntil = file ? await coverCounties(client, intake, { now, shareOfCounties }) : null
  file?.beforeFollowing()
  const raised = await deps.intake.afterMerge(session, {
    batchId: id,
    feed: feed.code,
    follows: feed.follows ?? 'screening',
    touched: touchedHouseholds,
    asOf,
  })
  return { changes, withdrawn, touched, coveredUntil, ...raised }
}
