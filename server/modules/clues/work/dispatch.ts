import { sql } from 'kysely'
import type { DispatchEffect } from '#contract/work/clues.ts'
import { deadline } from '#server/modules/deadlines/index.ts'
import { type Db, inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import { changeClues } from '../writing/clue-writer.ts'
import { type Actor, type DispatchDeps, handOf, type LockedClue, lockClues } from './locked-clues.ts'
import { findReceivers } from './receivers.ts'
import { assigneeOf, type HandOver, handOverStep, mayHandTo } from './rules.ts'

export interface Dispatch {
  ids: readonly string[]
  to: HandOver
  deadlineWorkingDays: number
  note: string
  dryRun: boolean
}

/**
 * Dispatches clues to the township or village of their households. A clue that a township has may be handed on to its village,
 * and one that a village has to its township by who stands above it, within the deadline there is. Throws `not-allowed` (not
 * downwards), `not-found` (any clue outside the scope), `deadline-invalid` (no calendar for the year), `clue-state` (none of them can be handed over any more).
 */
export async function dispatchClues(
  { database, clock, audit }: DispatchDeps,
  actor: Actor,
  { ids, to, deadlineWorkingDays, note, dryRun }: Dispatch,
): Promise<DispatchEffect> {
  if (!mayHandTo(actor.area, to)) throw new AppError('not-allowed', { to })
  const dueOn = deadline(clock.today(), deadlineWorkingDays)
  return inTransaction(database, async ({ db }) => {
    const found = await lockClues(db, actor.scope, ids)
    const open = found.filter((clue) => handOverStep(clue, to) !== undefined)
    const handed = open.map((clue) => ({
      ...clue,
      before: clue.assignee,
      assignee: assigneeOf(clue.village, to),
      dueOn: clue.dueOn !== null && clue.dueOn < dueOn ? clue.dueOn : dueOn,
    }))
    if (dryRun) audit.nothing()
    else {
      if (handed.length === 0) throw new AppError('clue-state', { state: found[0]?.state })
      await handOver(db, handed, { by: actor.userId, at: clock.now(), note })
      await audit.record(
        db,
        ...handed.map((clue) => ({
          action: 'clues.dispatch',
          object: { kind: 'clue', ref: clue.id },
          before: handOf(found.find(({ id }) => id === clue.id)),
          after: { state: 'dispatched', assignee: clue.assignee, dueOn: clue.dueOn },
          ...(note ? { reason: note } : {}),
        })),
      )
    }
    const places = [...new Set(handed.map(({ assignee }) => assignee))]
    const receivers = places.length === 1 ? await findReceivers(db, actor.scope, places) : []
    return {
      clues: handed.length,
      households: new Set(handed.map(({ householdId }) => householdId)).size,
      townships: new Set(handed.map(({ village }) => assigneeOf(village, 'township'))).size,
      villages: new Set(handed.map(({ village }) => village)).size,
      dueOn:
        handed
          .map((one) => one.dueOn)
          .toSorted()
          .at(-1) ?? dueOn,
      skipped: found.length - handed.length,
      ids: handed.map(({ id }) => id),
      receiver: receivers[0] ?? null,
    }
  })
}

interface HandOverNote {
  by: string | null
  at: Date
  note: string
}

async function handOver(
  db: Db,
  handed: readonly (LockedClue & { assignee: number; dueOn: string; before: number | null })[],
  { by, at, note }: HandOverNote,
) {
  const table = sql`unnest(${handed.map(({ county }) => county)}::int[], ${handed.map(({ id }) => id)}::uuid[],
    ${handed.map(({ assignee }) => assignee)}::bigint[], ${handed.map(({ dueOn }) => dueOn)}::date[],
    ${handed.map(({ before }) => before)}::bigint[]) x (county, id, assignee, due_on, before)`
  await changeClues(db, {
    set: {
      state: sql`'dispatched'`,
      assignee: sql`x.assignee`,
      dueOn: sql`x.due_on`,
      dispatchedAt: sql`${at}`,
      dispatchedBy: sql`${by}`,
      dispatchNote: sql`${note}`,
    },
    from: sql`${table} join division d on d.code = x.assignee left join division b on b.code = x.before`,
    where: sql`c.county = x.county and c.id = x.id`,
    event: {
      kind: sql`'dispatched'`,
      ...{ at, by },
      details: sql`jsonb_build_object('place', d.name, 'placeCode', d.code::text, 'dueOn', x.due_on::text, 'note',
        ${note}::text, 'fromCode', coalesce(old.assignee::text, '')) || jsonb_strip_nulls(jsonb_build_object(
        'from', b.name, 'fromDueOn', old.due_on::text))`,
    },
  })
}
