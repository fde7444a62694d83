import { sql } from 'kysely'
import type { IntakeLimits } from '#server/manifest/intake-hooks.ts'
import type { FeedDefinition } from '#server/modules/feeds/index.ts'
import type { FileUnit } from '#server/modules/feeds/units/index.ts'
import { isOutage } from '#server/platform/database/away.ts'
import { commit, type Database, type Db, inSession, type Session } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import type { FeedsDeps } from '../deps.ts'
import { findKnownFigures } from '../figures/known-figures.ts'
import type { RowFigures, StatedCount } from '../figures/row-figures.ts'
import { applyFacts } from './apply-facts.ts'
import { compareKnown, knownBefore } from './figures/compare-known.ts'
import { figureReasons } from './figures/hold-figures.ts'
import { contradictoryRefunds } from './figures/refunds.ts'
import { type HoldReason, holdReasons } from './hold.ts'
import { type BatchState, getIntake, type Intake, unfinished } from './intake.ts'
import { type MatchCounts, type MergeSession, openMerge } from './merge-session.ts'
import { openProgress, type Progress, type ProgressListener } from './progress.ts'
import { checkRows } from './rows/check-rows.ts'
import { keepRefused, keepReviews, rescueRefused, sealOriginals, wantedRows } from './rows/originals.ts'
import { openStageWriter } from './rows/stage-writer.ts'
import { dropTables, type IntakeTables, intakeTables } from './tables.ts'

const mergerLock = 71004
const writerLock = 71005

/** A batch on its way: `merger` holds the transaction that merges, `writer` stages and seals beside it. */
interface Work {
  deps: FeedsDeps
  merger: Session
  writer: Session
  intake: Intake
  tables: IntakeTables
  progress: Progress
}

/**
 * Processes a batch to its end: received → checked → matched → merged, or held, unchanged, failed. Its facts become known in
 * one transaction, which works on one part of the file while the next is read; a process killed at any moment leaves the
 * batch as it was, and called again it starts over from the stored file. Several workers may call it: one works, the others
 * wait and find it done.
 */
export function processBatch(
  deps: FeedsDeps,
  batchId: number,
  listener?: ProgressListener,
): Promise<BatchState> {
  return inTurn(deps.database, () => processNow(deps, batchId, listener))
}

const turns = new WeakMap<Database, Promise<unknown>>()

/** A process works on one batch at a time: each takes several connections, and two would wait for each other's. */
function inTurn<T>(database: Database, work: () => Promise<T>): Promise<T> {
  const mine = (turns.get(database) ?? Promise.resolve()).then(work)
  turns.set(
    database,
    mine.catch(() => undefined),
  )
  return mine
}

function processNow(deps: FeedsDeps, batchId: number, listener?: ProgressListener): Promise<BatchState> {
  return locked(deps, mergerLock, batchId, async (merger) => {
    const intake = await getIntake(merger.db, batchId)
    if (!unfinished.includes(intake.state)) return intake.state
    return locked(deps, writerLock, batchId, async (writer) => {
      const progress = openProgress(deps.database.db, batchId, listener)
      const work = { deps, merger, writer, intake, tables: intakeTables(batchId), progress }
      try {
        return await runFromStart(work)
      } catch (error) {
        await merger.client.query('rollback')
        // Nothing is wrong with the batch: whoever works the queue takes it up again.
        if (isOutage(error)) throw error
        return await failBatch(deps, intake.id, error)
      } finally {
        await progress.close()
        await dropTables(writer.client, batchId)
      }
    })
  })
}

/**
 * A connection that locks the batch. The database learns within half a second that a process was killed; until then what it
 * had begun may still end, so whoever takes the batch up waits for both connections of the dead one.
 */
function locked<T>(
  { database }: FeedsDeps,
  lock: number,
  batchId: number,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  return inSession(database, async (session) => {
    const { client } = session
    await client.query("set client_connection_check_interval = '500ms'")
    await client.query('select pg_advisory_lock($1, $2)', [lock, batchId])
    try {
      return await work(session)
    } finally {
      await client.query('select pg_advisory_unlock($1, $2)', [lock, batchId])
      await client.query('reset client_connection_check_interval')
    }
  })
}

/** From the stored file to the end; once more where a note below the rows gives a unit that they were not read in. */
async function runFromStart(work: Work): Promise<BatchState> {
  try {
    await startOver(work)
    return await run(work)
  } catch (error) {
    if (!(error instanceof UnitFound)) throw error
    const { merger, writer, intake } = work
    await merger.client.query('rollback')
    const unit = JSON.stringify(error.unit)
    await sql`update batch set unit = ${unit} where id = ${intake.id}`.execute(writer.db)
    work.intake = { ...intake, unit: error.unit }
    await startOver(work)
    return run(work)
  }
}

/** The unit stands below the rows it is about. */
class UnitFound extends Error {
  readonly unit: FileUnit

  constructor(unit: FileUnit) {
    super('a note gives the unit')
    this.unit = unit
  }
}

/** Removes what a killed process may have left. */
async function startOver({ writer: { client }, intake }: Work) {
  await dropTables(client, intake.id)
  await client.query('delete from batch_reject where batch_id = $1', [intake.id])
  await client.query("update batch set state = 'received' where id = $1", [intake.id])
}

async function run(work: Work): Promise<BatchState> {
  const { deps, merger, writer, intake, tables, progress } = work
  const merge = openMerge(merger, tables, intake, deps)
  const stage = openStageWriter(writer.client, deps.vault, tables, intake, merge.take)
  const checked = await checkRows(deps, stage, intake, progress)
  const later = checked.seen.laterUnit()
  if (later) throw new UnitFound(later)
  const figures = checked.seen.figures()
  await setState(writer.db, intake.id, 'checked', {
    total_rows: checked.total,
    rejected_rows: checked.rejected,
    figures: JSON.stringify(figures),
    asides: JSON.stringify(checked.seen.asides),
    hidden_rows: checked.hidden,
  })

  progress.stage('match')
  const matched = await merge.count()
  const rejected = checked.rejected + matched.refused
  const counts = countsOf(checked.total, rejected, matched)
  const limits = deps.intake.limits(intake.asOf, intake.area)
  // Rows whose names cannot be read wait for a person one by one; a file full of them is garbled.
  const lost = rejected + checked.unreadable
  const reasons = [
    ...holdReasons({ ...matched, total: checked.total, rejected: lost }, limits),
    ...(await doubtsOf(work, checked.seen, limits)),
  ]
  const counted = countDiffers(intake.feed, checked.seen.statedCount(), checked.total)
  if (counted) reasons.push(counted)
  // A correction of which nothing is left would take back all it corrects.
  if (intake.corrects !== null && rejected === checked.total && reasons.length === 0)
    reasons.push({ code: 'many-rejects', share: 1, limit: limits.rejectShare })
  if (reasons.length > 0 && !intake.released) return hold(work, counts, reasons)
  await setState(writer.db, intake.id, 'matched', counts)
  return finish(work, merge, counts, matched)
}

/** The file has other rows than it says: each a person of the register's own file, and never fewer than it has people or households. */
function countDiffers(
  feed: FeedDefinition,
  stated: StatedCount | undefined,
  found: number,
): HoldReason | undefined {
  if (stated === undefined || stated.count === found) return undefined
  const isExact =
    stated.of === 'rows' ||
    (feed.code === 'member'
      ? stated.of === 'people'
      : feed.code === 'household' && stated.of === 'households')
  if (!isExact && stated.count < found) return undefined
  return { code: 'count-differs', share: stated.count, limit: found, rowNos: [stated.rowNo] }
}

/** What is abnormal about the figures of a batch, not its rows. */
async function doubtsOf(
  { merger: { client, db }, writer, intake, tables }: Work,
  seen: RowFigures,
  limits: IntakeLimits,
): Promise<HoldReason[]> {
  const { feed, area, corrects } = intake
  const known = await findKnownFigures(db, [feed.code], area, corrects)
  const compared = await compareKnown(client, tables, intake)
  await writer.client.query('update batch set known_figures = $2 where id = $1', [
    intake.id,
    JSON.stringify(knownBefore(known.get(feed.code), compared)),
  ])
  const moved = figureReasons(
    feed,
    { figures: seen.figures(), known: known.get(feed.code), compared },
    limits.figures,
  )
  const refunds = seen.goesBack() ? await contradictoryRefunds(client, intake) : undefined
  return refunds ? [...moved, refunds] : moved
}

async function finish(
  { deps, merger, writer, intake, tables, progress }: Work,
  merge: MergeSession,
  counts: Counts,
  matched: MatchCounts,
): Promise<BatchState> {
  const { client } = merger
  const facts = await merge.begin()
  const wanted = await wantedRows(client, tables)
  const originals = sealOriginals(deps, writer.client, tables, intake, wanted)
  // Awaited below; until then a failure must not count as unhandled.
  originals.catch(() => undefined)
  try {
    progress.stage('merge')
    const { changes, withdrawn, touched, coveredUntil, newSignals, newClues } = await applyFacts(
      { deps, session: merger, intake, tables, facts },
      matched,
      { beforeFollowing: () => progress.stage('screen') },
    )
    if (await originals) {
      await keepReviews(client, tables, intake.id)
      await keepRefused(client, tables, intake.id)
    }
    await progress.close()
    const isNews = changes > 0 || matched.idOnly + matched.nameBirth > 0
    const state = !isNews && matched.late === 0 && matched.same > 0 ? 'unchanged' : 'merged'
    await setState(merger.db, intake.id, state, {
      ...counts,
      inserted_rows: matched.added,
      superseded_rows: matched.changed + withdrawn,
      unchanged_rows: matched.same,
      late_rows: matched.late,
      adds_up: matched.parts > 0,
      touched_households: touched,
      new_signals: newSignals,
      new_clues: newClues,
      stage_times: JSON.stringify(progress.times()),
      progress_stage: null,
      merged_at: facts.now,
      covered_until: coveredUntil,
      error: null,
    })
    await dropTables(client, intake.id)
    await commit(merger)
    return state
  } catch (error) {
    await originals.catch(() => undefined)
    throw error
  }
}

/** Takes back what was merged; only the rejected rows and the reasons stay. */
async function hold(
  { deps, merger, writer, intake, tables, progress }: Work,
  counts: Counts,
  reasons: HoldReason[],
): Promise<BatchState> {
  const wanted = await wantedRows(merger.client, tables)
  const putBack = await rescueRefused(merger.client, tables)
  await merger.client.query('rollback')
  await putBack(writer.client)
  if (await sealOriginals(deps, writer.client, tables, intake, wanted)) {
    await keepRefused(writer.client, tables, intake.id)
  }
  await progress.close()
  await setState(writer.db, intake.id, 'held', {
    ...counts,
    hold_reasons: JSON.stringify(reasons),
    progress_stage: null,
    stage_times: JSON.stringify(progress.times()),
  })
  return 'held'
}

type Counts = Record<string, unknown>

function countsOf(total: number, rejected: number, matched: MatchCounts): Counts {
  return {
    total_rows: total,
    rejected_rows: rejected,
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

/** The file's fault ends the batch; a lost database leaves it for the next attempt; anything else is ours and is logged. */
export async function failBatch(deps: FeedsDeps, batchId: number, error: unknown): Promise<BatchState> {
  const isOurs = !(error instanceof AppError)
  if (isOurs) deps.log.error({ err: error, batch: batchId }, 'batch failed')
  const failure = isOurs ? { code: 'internal', details: {} } : { code: error.code, details: error.details }
  await setState(deps.database.db, batchId, 'failed', {
    error: JSON.stringify(failure),
    progress_stage: null,
  })
  return 'failed'
}
