import { sql } from 'kysely'
import { refuseTied } from '#server/modules/access/ties/index.ts'
import { inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import type { FeedsDeps } from '../deps.ts'
import { getBatchRow } from './batch-view.ts'
import type { BatchScope } from './queries.ts'

/** A person's decision on a held batch. `by` is the account. */
export interface Decision {
  by: string
  reason: string
}

/**
 * Releases a held batch from its stored file; answers its id for the queue. Throws `not-found`, `batch-not-held`,
 * `reason-required`, `same-person` (whoever sent it).
 */
export async function releaseBatch(
  deps: FeedsDeps,
  scope: BatchScope,
  ref: string,
  decision: Decision,
): Promise<number> {
  return decide(deps, scope, ref, decision, 'received')
}

/** Ends a held batch; nothing of it becomes known. Throws like {@link releaseBatch}. */
export async function refuseBatch(
  deps: FeedsDeps,
  scope: BatchScope,
  ref: string,
  decision: Decision,
): Promise<number> {
  return decide(deps, scope, ref, decision, 'refused')
}

async function decide(
  deps: FeedsDeps,
  scope: BatchScope,
  ref: string,
  { by, reason }: Decision,
  state: 'received' | 'refused',
): Promise<number> {
  if (reason.trim() === '') throw new AppError('reason-required')
  const { id, senderId } = await getBatchRow(deps, scope, ref)
  if (senderId === by) throw new AppError('same-person', { ref })
  return inTransaction(deps.database, async ({ db }) => {
    await refuseTied(db, by, [senderId])
    // The condition on the state decides between two people who answer at the same moment.
    const { rows } = await sql<{ id: number }>`
      update batch set state = ${state}, decided_by = ${by}, decided_at = ${deps.clock.now()},
        decision_reason = ${reason}
      where id = ${id} and state = 'held' and received_by is distinct from ${by} returning id`.execute(db)
    if (rows.length === 0) throw new AppError('batch-not-held', { ref })
    await deps.audit.record(db, {
      action: state === 'refused' ? 'batches.refuse' : 'batches.release',
      object: { kind: 'batch', ref },
      before: { state: 'held' },
      after: { state },
      reason,
    })
    return id
  })
}
