import { sql } from 'kysely'
import { refuseTied } from '#server/modules/access/ties/index.ts'
import { compileRowCheck, type Value } from '#server/modules/feeds/checks/index.ts'
import { copyRows } from '#server/platform/database/copy.ts'
import { copyBuffer } from '#server/platform/database/copy-buffer.ts'
import { inTransaction, type Session } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import type { FeedsDeps } from '../deps.ts'
import { columnPlaces } from '../figures/column-places.ts'
import { applyFacts } from '../pipeline/apply-facts.ts'
import { getIntake, type Intake } from '../pipeline/intake.ts'
import { mergeLock, openMerge } from '../pipeline/merge-session.ts'
import { compileLine } from '../pipeline/rows/row-lines.ts'
import { createStage, dropTables, intakeTables, isRegistryFeed, stageColumns } from '../pipeline/tables.ts'
import { getBatchRow, openRow } from './batch-view.ts'
import type { BatchScope } from './queries.ts'

export interface ReviewDecision {
  rowNos: readonly number[]
  decision: 'accepted' | 'declined'
  by: string
}

export interface ReviewOutcome {
  decided: number
  inserted: number
  newClues: number
}

/**
 * A person's word on uncertain matches. Accepted rows become facts of the candidate on the same way as certain ones; rows
 * decided already are left out. `work` does what follows the decision. Throws `not-found`, `batch-not-merged`, `same-person`
 * (whoever sent the file).
 */
export async function decideReviews(
  deps: FeedsDeps,
  scope: BatchScope,
  ref: string,
  { rowNos, decision, by }: ReviewDecision,
): Promise<ReviewOutcome> {
  const { id, state, senderId } = await getBatchRow(deps, scope, ref)
  if (senderId === by) throw new AppError('same-person', { ref })
  if (state !== 'merged' && state !== 'unchanged') throw new AppError('batch-not-merged', { ref })
  return inTransaction(deps.work, async (session) => {
    await refuseTied(session.db, by, [senderId])
    await session.client.query('select pg_advisory_xact_lock($1)', [mergeLock])
    const { rows } = await sql<{ rowNo: number; rowCipher: Buffer }>`
      update batch_review set decision = ${decision}, decided_by = ${by}, decided_at = ${deps.clock.now()}
      where batch_id = ${id} and row_no = any(${[...rowNos]}::int[]) and decision is null
      returning row_no, row_cipher`.execute(session.db)
    await deps.audit.record(session.db, {
      action: 'batches.review',
      object: { kind: 'batch', ref },
      after: { decision, rowNos: rows.map(({ rowNo }) => rowNo) },
      count: rows.length,
    })
    if (decision === 'declined' || rows.length === 0) {
      return { decided: rows.length, inserted: 0, newClues: 0 }
    }
    return { decided: rows.length, ...(await mergeAccepted(deps, session, id, rows)) }
  })
}

async function mergeAccepted(
  deps: FeedsDeps,
  session: Session,
  batchId: number,
  rows: readonly { rowNo: number; rowCipher: Buffer }[],
) {
  const { client } = session
  const known = await getIntake(session.db, batchId)
  // Judged on the day of the decision, not of the file: what is accepted becomes known now.
  const intake = { ...known, asOf: deps.clock.today() }
  const tables = intakeTables(batchId)
  const stage = tables.stage(0)
  const merge = openMerge(session, tables, intake, deps, { isBegun: true })
  const facts = await merge.begin()
  await createStage(client, stage, intake.feed)
  const columns = stageColumns(intake.feed).map(({ column }) => column)
  await copyRows(client, `${stage} (${columns.join(', ')})`, stagedLines(deps, known, rows))
  // A row of the register itself names its own household; the review names whom it was held against.
  if (isRegistryFeed(intake.feed)) await merge.take(stage)
  else
    await merge.take(stage, {
      from: `${stage} s join batch_review p on p.batch_id = ${batchId} and p.row_no = s.row_no
        join household h on h.county = p.county and h.id = p.household_id`,
      place: { county: 'p.county', household_id: 'p.household_id', person_id: 'p.person_id' },
      village: 'h.village',
      exact: 'true',
    })
  const { added, changed, same, late } = await merge.count()
  await client.query(
    `insert into batch_reject (batch_id, area, feed, row_no, reasons, row_cipher)
     select v.batch_id, v.area, v.feed, r.row_no, jsonb_build_array(jsonb_build_object('code', r.code, 'key', r.key,
       'detail', r.other::text)), v.row_cipher
     from ${tables.refused} r join batch_review v on v.batch_id = $1 and v.row_no = r.row_no
     on conflict (batch_id, row_no) do nothing`,
    [batchId],
  )
  const { touched, newSignals, newClues } = await applyFacts(
    { deps, session, intake, tables, facts },
    { added, changed, same, late },
    null,
  )
  await dropTables(client, batchId)
  await sql`
    update batch set state = 'merged', inserted_rows = inserted_rows + ${added},
      superseded_rows = superseded_rows + ${changed}, unchanged_rows = unchanged_rows + ${same},
      late_rows = coalesce(late_rows, 0) + ${late},
      touched_households = touched_households + ${touched},
      new_signals = new_signals + ${newSignals}, new_clues = new_clues + ${newClues}
    where id = ${batchId}`.execute(session.db)
  return { inserted: added + changed, newClues }
}

/** The rows were sound when they came, judged by the day of their batch. */
async function* stagedLines(
  deps: FeedsDeps,
  intake: Intake,
  rows: readonly { rowNo: number; rowCipher: Buffer }[],
) {
  const limits = deps.intake.limits(intake.asOf, intake.area)
  const check = compileRowCheck(intake.feed, columnPlaces(intake), {
    today: intake.asOf,
    settlementToleranceFen: limits.settlementToleranceFen,
  })
  const line = compileLine(intake.feed, deps.vault)
  const values: Value[] = []
  const lines = copyBuffer(Buffer.allocUnsafe(4096))
  for (const { rowNo, rowCipher } of rows) {
    const reasons = check(openRow(deps.vault, rowCipher), values)
    if (reasons) throw new Error(`row ${rowNo} of batch ${intake.id} is no longer sound`)
    line(lines, rowNo, values)
    yield lines.swap(Buffer.allocUnsafe(4096))
  }
}
