import { sql } from 'kysely'
import type { ClueState } from '#contract/work/clues.ts'
import { type Db, inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import { changeClues, noteClues } from '../writing/clue-writer.ts'
import { type Actor, type DispatchDeps, handOf, type LockedClue, lockClues } from './locked-clues.ts'
import { assigneeOf, mayRecall } from './rules.ts'

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
    const states = await takeBack(db, taken, { by: userId, at: clock.now(), today: clock.today(), reason })
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

interface RecallNote {
  by: string | null
  at: Date
  today: string
  reason: string
}

/** What each of them is now. */
async function takeBack(
  db: Db,
  taken: readonly (LockedClue & { assignee: number; keeper: number | null })[],
  { by, at, today, reason }: RecallNote,
): Promise<ReadonlyMap<string, ClueState>> {
  const table = sql`unnest(${taken.map(({ county }) => county)}::int[], ${taken.map(({ id }) => id)}::uuid[],
    ${taken.map(({ assignee }) => assignee)}::bigint[], ${taken.map(({ keeper }) => keeper)}::bigint[])
    x (county, id, assignee, keeper)`
  const rows = await changeClues<{ state: ClueState }>(db, {
    set: {
      state: sql`case when x.keeper is not null then 'dispatched' when c.signals = 0 and c.reports = 0 then 'cleared'
        else 'new' end`,
      closedOn: sql`case when x.keeper is null and c.signals = 0 and c.reports = 0 then ${today}::date end`,
      assignee: sql`x.keeper`,
      dueOn: sql`case when x.keeper is not null then c.due_on end`,
    },
    from: sql`${table} join division d on d.code = x.assignee`,
    where: sql`c.county = x.county and c.id = x.id`,
    event: {
      kind: sql`'recalled'`,
      ...{ at, by },
      details: sql`jsonb_strip_nulls(jsonb_build_object('place', d.name, 'placeCode', d.code::text,
        'reason', ${reason}::text, 'dueOn', new.due_on::text))`,
    },
    returning: { state: sql`new.state` },
  })
  const cleared = rows.filter(({ state }) => state === 'cleared')
  await noteClues(
    db,
    { at },
    sql`select x.county, x.id, 'cleared', '{}'::jsonb
      from unnest(${cleared.map(({ county }) => county)}::int[], ${cleared.map(({ id }) => id)}::uuid[]) x (county,
        id)`,
  )
  return new Map(rows.map(({ id, state }) => [id, state]))
}
