import { sql } from 'kysely'
import type { ClueState } from '#contract/work/clues.ts'
import { type Db, inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import { changeClues } from '../writing/clue-writer.ts'
import { type Actor, type DispatchDeps, handOf, lockClues } from './locked-clues.ts'

/** The hand-over that can be undone: the newest thing that was done with a clue, and who had it before. */
interface OwnHandOver {
  county: number
  id: string
  /** Null where nobody had it. */
  fromCode: string | null
  fromDueOn: string | null
}

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

/** Of some clues, those that an account handed on last and nobody has done anything with since. */
export async function findOwnHandOvers(
  db: Db,
  ids: readonly string[],
  userId: string | null,
): Promise<OwnHandOver[]> {
  const { rows } = await sql<OwnHandOver>`
    select c.county, c.id, e.details ->> 'fromCode' as from_code, e.details ->> 'fromDueOn' as from_due_on
    from clue c cross join lateral (
      select e.kind, e.by_user, e.details from clue_event e
      where e.clue_id = c.id and e.kind = any(${handOverKinds}::text[]) order by e.id desc limit 1
    ) e
    where c.id = any(${[...ids]}::uuid[]) and c.state = 'dispatched' and e.kind = 'dispatched'
      and e.by_user = ${userId}`.execute(db)
  return rows
}

/**
 * Undoes one's own hand-overs: the clues lie where they lay before, with the day they had. What somebody went on with since is
 * skipped. Throws `not-found` (any clue outside the scope), `clue-state` (nothing is left to undo).
 */
export async function withdrawClues(
  { database, clock, audit }: DispatchDeps,
  { userId, scope }: Actor,
  ids: readonly string[],
  reason: string,
): Promise<{ clues: number; skipped: number }> {
  return inTransaction(database, async ({ db }) => {
    const found = await lockClues(db, scope, ids)
    const own = await findOwnHandOvers(db, ids, userId)
    if (own.length === 0) throw new AppError('clue-state', { state: found[0]?.state })
    const states = await putBack(db, own, { by: userId, at: clock.now(), today: clock.today(), reason })
    await audit.record(
      db,
      ...own.map(({ id, fromCode }) => ({
        action: 'clues.withdraw',
        object: { kind: 'clue', ref: id },
        before: handOf(found.find((clue) => clue.id === id)),
        after: { state: states.get(id), assignee: fromCode === null ? null : Number(fromCode) },
        reason,
      })),
    )
    return { clues: own.length, skipped: found.length - own.length }
  })
}

interface Undoing {
  by: string | null
  at: Date
  today: string
  reason: string
}

/** What each of them is now: as before, or cleared where its last signal ended meanwhile and nobody had it. */
async function putBack(
  db: Db,
  own: readonly OwnHandOver[],
  { by, at, today, reason }: Undoing,
): Promise<ReadonlyMap<string, ClueState>> {
  const table = sql`unnest(${own.map(({ county }) => county)}::int[], ${own.map(({ id }) => id)}::uuid[],
    ${own.map(({ fromCode }) => fromCode)}::bigint[], ${own.map(({ fromDueOn }) => fromDueOn)}::date[])
    x (county, id, assignee, due_on)`
  const isOver = sql`x.assignee is null and c.signals = 0 and c.reports = 0`
  const rows = await changeClues<{ state: ClueState }>(db, {
    set: {
      state: sql`case when x.assignee is not null then 'dispatched' when ${isOver} then 'cleared' else 'new' end`,
      closedOn: sql`case when ${isOver} then ${today}::date end`,
      assignee: sql`x.assignee`,
      dueOn: sql`x.due_on`,
      dispatchedBy: sql`b.by_user`,
      dispatchedAt: sql`b.at`,
      dispatchNote: sql`b.note`,
    },
    from: sql`${table} join clue o on o.county = x.county and o.id = x.id join division d on d.code = o.assignee
      left join lateral (
        select e.by_user, e.at, e.details ->> 'note' as note from clue_event e
        where e.county = x.county and e.clue_id = x.id and e.kind = 'dispatched' and x.assignee is not null
          and e.details ->> 'placeCode' = x.assignee::text
        order by e.id desc limit 1) b on true`,
    where: sql`c.county = x.county and c.id = x.id`,
    event: {
      kind: sql`'recalled'`,
      ...{ at, by },
      details: sql`jsonb_strip_nulls(jsonb_build_object('place', d.name, 'placeCode', d.code::text,
        'reason', ${reason}::text, 'dueOn', new.due_on::text))`,
    },
    returning: { state: sql`new.state` },
  })
  return new Map(rows.map(({ id, state }) => [id, state]))
}
