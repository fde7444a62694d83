import { sql } from 'kysely'
import { type Db, inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import { type Actor, type DispatchDeps, handOf, lockClues } from './locked-clues.ts'
import { mayRecall } from './rules.ts'
import { type TakenBack, takeBack } from './take-back.ts'

const handOverKinds = [
  'dispatched',
  'recalled',
  'assigned',
  'visited',
  'again',
  'confirmed',
  'excluded',
  'solved',
  'cleared',
]

/**
 * Of some clues, those that an account handed on last, that nobody has done anything with since, and that lie with a place it still
 * stands above: as they lay before. A hand-over that does not say who had them, of a release before this, is none of them.
 */
export async function findOwnHandOvers(
  db: Db,
  ids: readonly string[],
  { userId, area }: Pick<Actor, 'userId' | 'area'>,
): Promise<TakenBack[]> {
  const { rows } = await sql<TakenBack & { assignee: number | null }>`
    select c.county, c.id, c.assignee, nullif(e.details ->> 'fromCode', '')::bigint as keeper,
      e.details ->> 'fromDueOn' as due_on
    from clue c cross join lateral (
      select e.kind, e.by_user, e.details from clue_event e
      where e.clue_id = c.id and e.kind = any(${handOverKinds}::text[]) order by e.id desc limit 1
    ) e
    where c.id = any(${[...ids]}::uuid[]) and c.state = 'dispatched' and e.kind = 'dispatched'
      and e.by_user = ${userId} and e.details ? 'fromCode'`.execute(db)
  return rows.filter(({ assignee }) => assignee !== null && mayRecall(area, assignee))
}

/**
 * Undoes one's own hand-overs: the clues lie where they lay before, with the day they had. What somebody went on with since is
 * skipped. Throws `not-found` (any clue outside the scope), `clue-state` (nothing is left to undo).
 */
export async function withdrawClues(
  { database, clock, audit }: DispatchDeps,
  actor: Actor,
  ids: readonly string[],
  reason: string,
): Promise<{ clues: number; skipped: number }> {
  return inTransaction(database, async ({ db }) => {
    const found = await lockClues(db, actor.scope, ids)
    const own = await findOwnHandOvers(db, ids, actor)
    if (own.length === 0) throw new AppError('clue-state', { state: found[0]?.state })
    const states = await takeBack(db, own, {
      ...{ by: actor.userId, at: clock.now(), today: clock.today(), reason },
    })
    await audit.record(
      db,
      ...own.map(({ id, keeper, dueOn }) => ({
        action: 'clues.withdraw',
        object: { kind: 'clue', ref: id },
        before: handOf(found.find((clue) => clue.id === id)),
        after: { state: states.get(id), assignee: keeper, dueOn },
        reason,
      })),
    )
    return { clues: own.length, skipped: found.length - own.length }
  })
}
