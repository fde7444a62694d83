import { sql } from 'kysely'
import { type Db, inSession, type Session } from '#server/platform/db.ts'
import { AppError } from '#server/platform/errors.ts'
import type { FeedsDeps } from '../deps.ts'
import { checkRows } from './check-rows.ts'
import { coverCounties } from './coverage.ts'
import { holdReasons } from './hold.ts'
import { type BatchState, getIntake, type Intake, unfinished } from './intake.ts'
import { type MatchCounts, matchRows } from './match-rows.ts'
import { mergeFacts, touchedTable } from './merge-facts.ts'
import { keepRefused, keepReviews, sealOriginals, wantedRows } from './originals.ts'
import { openProgress, type Progress, type ProgressListener } from './progress.ts'
import { createTables, dropTables, type IntakeTables, intakeTables } from './tables.ts'

/** One batch at a time is merged: two would not see each other's facts when they judge the same household. */
export const mergeLock = 71003
const batchLock = 71004

/**
 * Takes a batch all the way: received → checked → matched → merged, or held, unchanged, failed. Everything but the working
 * tables and the rejected rows changes in one transaction, so that a process killed at any moment leaves the batch as it was;
 * called again, it starts over from the stored file. Several workers may call it: one works, the others wait and find it done.
 */
export async function processBatch(
  deps: FeedsDeps,
  batchId: number,
  listener?: ProgressListener,
): Promise<BatchState> {
  return inSession(deps.database, async (session) => {
    const { client } = session
    // A server process whose client was killed would otherwise go on working, and hold the lock, until it has a result to send.
    await client.query("set client_connection_check_interval = '500ms'")
    await client.query('select pg_advisory_lock($1, $2)', [batchLock, batchId])
    try {
      const intake = await getIntake(session.db, batchId)
      if (!unfinished.includes(intake.state)) return intake.state
      const tables = intakeTables(batchId)
      try {
        return await run(deps, session, intake, tables, listener)
      } catch (error) {
        await client.query('rollback')
        return await fail(deps, intake, error)
      } finally {
        await dropTables(client, tables)
      }
    } finally {
      await client.query('select pg_advisory_unlock($1, $2)', [batchLock, batchId])
      await client.query('reset client_connection_check_interval')
    }
  })
}

async function run(
  deps: FeedsDeps,
  session: Session,
  intake: Intake,
  tables: IntakeTables,
  listener?: ProgressListener,
): Promise<BatchState> {
  const progress = openProgress(deps.database.db, intake.id, listener)
  try {
    await startOver(session, tables, intake)
    const checked = await checkRows(deps, session, tables, intake, progress)
    await setState(deps.database.db, intake.id, 'checked', {
      total_rows: checked.total,
      rejected_rows: checked.rejected,
    })
    return await merge(deps, session, intake, tables, checked, progress)
  } finally {
    await progress.close()
  }
}

/** Removes what a killed process may have left. */
async function startOver({ client }: Session, tables: IntakeTables, intake: Intake) {
  await dropTables(client, tables)
  await client.query('delete from batch_reject where batch_id = $1', [intake.id])
  await client.query("update batch set state = 'received' where id = $1", [intake.id])
  await createTables(client, tables, intake.feed)
}

async function merge(
  deps: FeedsDeps,
  session: Session,
  intake: Intake,
  tables: IntakeTables,
  checked: { total: number; rejected: number },
  progress: Progress,
): Promise<BatchState> {
  const { client } = session
  progress.stage('match')
  await client.query('begin')
  await client.query('select pg_advisory_xact_lock($1)', [mergeLock])
  await tuneForSets(client)
  const matched = await matchRows(session, tables, intake)
  const counts = countsOf(checked, matched)
  const reasons = holdReasons(
    {
      total: checked.total,
      rejected: checked.rejected + matched.refused,
      duplicates: matched.duplicates,
      unmatched: matched.unmatched,
    },
    deps.intake.limits(intake.asOf, intake.area),
  )
  const wanted = await wantedRows(client, tables)
  if (reasons.length > 0 && !intake.released) {
    await sealOriginals(deps, tables, intake, wanted)
    await keepRefused(client, tables, intake.id)
    await progress.close()
    await setState(session.db, intake.id, 'held', {
      ...counts,
      hold_reasons: JSON.stringify(reasons),
      progress_stage: null,
      stage_times: JSON.stringify(progress.times()),
    })
    await dropTables(client, tables)
    // Nothing but working tables was written so far.
    await client.query('commit')
    return 'held'
  }
  await setState(deps.database.db, intake.id, 'matched', counts)

  const originals = sealOriginals(deps, tables, intake, wanted)
  // Awaited below; until then a failure must not count as unhandled.
  originals.catch(() => undefined)
  try {
    progress.stage('merge')
    const now = deps.clock.now()
    const merged = await mergeFacts(session, tables, intake, now)
    await coverCounties(client, tables, intake, now)
    progress.stage('screen')
    const raised = await deps.intake.afterMerge(session, {
      batchId: intake.id,
      feed: intake.feed.code,
      touched: touchedTable,
      asOf: intake.asOf,
    })
    await originals
    await keepReviews(client, tables, intake.id)
    await keepRefused(client, tables, intake.id)
    await progress.close()
    const changed = merged.inserted + merged.superseded > 0 || matched.idOnly + matched.nameBirth > 0
    const state = !changed && merged.unchanged > 0 ? 'unchanged' : 'merged'
    await setState(session.db, intake.id, state, {
      ...counts,
      inserted_rows: merged.inserted,
      superseded_rows: merged.superseded,
      unchanged_rows: merged.unchanged,
      touched_households: merged.touchedHouseholds,
      new_signals: raised.newSignals,
      new_clues: raised.newClues,
      stage_times: JSON.stringify(progress.times()),
      progress_stage: null,
      merged_at: now,
      error: null,
    })
    await dropTables(client, tables)
    await client.query('commit')
    return state
  } catch (error) {
    await originals.catch(() => undefined)
    throw error
  }
}

/** For this transaction only: its sorts and hashes are few and large, and nothing else runs them at the same time. */
async function tuneForSets(client: Session['client']) {
  await client.query("set local work_mem = '128MB'")
  await client.query("set local hash_mem_multiplier = '2'")
}

type Counts = Record<string, unknown>

function countsOf(checked: { total: number; rejected: number }, matched: MatchCounts): Counts {
  return {
    total_rows: checked.total,
    rejected_rows: checked.rejected + matched.refused,
    duplicate_rows: matched.duplicates,
    exact_rows: matched.exact,
    id_only_rows: matched.idOnly,
    name_birth_rows: matched.nameBirth,
    unmatched_rows: matched.unmatched,
  }
}

async function setState(db: Db, batchId: number, state: BatchState, columns: Counts) {
  const changes = Object.entries(columns).map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
  await sql`update batch set state = ${state}, ${sql.join(changes)} where id = ${batchId}`.execute(db)
}

/** The file's fault ends the batch; a lost database leaves it for the next attempt; anything else is ours and is told in the log. */
async function fail(deps: FeedsDeps, intake: Intake, error: unknown): Promise<BatchState> {
  const isOurs = !(error instanceof AppError)
  if (isOurs) deps.log.error({ err: error, batch: intake.id }, 'batch failed')
  const told = isOurs ? { code: 'internal', details: {} } : { code: error.code, details: error.details }
  await setState(deps.database.db, intake.id, 'failed', { error: JSON.stringify(told), progress_stage: null })
  return 'failed'
}
