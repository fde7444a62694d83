import { inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import { type Actor, type DispatchDeps, handOf, lockClues } from './locked-clues.ts'
import { assigneeOf, mayRecall } from './rules.ts'
import { takeBack } from './take-back.ts'

/**
 * Takes dispatched clues back. From a township a clue becomes new again, or cleared when none of its signals is open any more; a
 * township that takes it from its village has it again itself, with the same day. Throws `not-found` (any clue outside the scope),
 * `not-allowed` (only from a level above the one responsible), `clue-state` (none of them is dispatched any more).
 */
export async function recallClues(
  { database, clock, audit }: DispatchDeps,
  { userId, area, scope }: Actor,
  ids: readonly string[],
  reason: string,
): Promise<{ clues: number; skipped: number }> {
  return inTransaction(database, async ({ db }) => {
    const found = await lockClues(db, scope, ids)
    const taken = found.flatMap(({ assignee, ...clue }) =>
      assignee !== null && clue.state === 'dispatched'
        ? [{ ...clue, assignee, keeper: keeperOf(area, assignee) }]
        : [],
    )
    if (taken.length === 0) throw new AppError('clue-state', { state: found[0]?.state })
    const beyond = taken.find(({ assignee }) => !mayRecall(area, assignee))
    if (beyond) throw new AppError('not-allowed', { assignee: beyond.assignee })
    const back = taken.map((clue) => ({ ...clue, dueOn: clue.keeper === null ? null : clue.dueOn }))
    const states = await takeBack(db, back, { by: userId, at: clock.now(), today: clock.today(), reason })
    await audit.record(
      db,
      ...taken.map((clue) => ({
        action: 'clues.recall',
        object: { kind: 'clue', ref: clue.id },
        before: handOf(clue),
        after: { state: states.get(clue.id), assignee: clue.keeper },
        reason,
      })),
    )
    return { clues: taken.length, skipped: found.length - taken.length }
  })
}

/** The township that has it again after a recall from its village; null where nobody has. */
function keeperOf(area: number, assignee: number): number | null {
  const township = assigneeOf(assignee, 'township')
  return area === township ? township : null
}
