import { sql } from 'kysely'
import type { ClueState, DispatchEffect } from '#contract/work/clues.ts'
import { inScope } from '#server/modules/access/index.ts'
import { deadline } from '#server/modules/deadlines/index.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import type { Auditor } from '#server/platform/audit.ts'
import type { Clock } from '#server/platform/clock.ts'
import { type Database, type Db, inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import { changeClues, noteClues } from '../writing/clue-writer.ts'
import { assigneeOf, type HandOver, handOverStep, mayHandTo, mayRecall } from './rules.ts'

export interface DispatchDeps {
  database: Database
  audit: Auditor
  clock: Clock
}

/** Who acts: the account, the division it stands for, and where it may look. */
export interface Actor {
  userId: string | null
  area: number
  scope: AreaScope
}

export interface Dispatch {
  ids: readonly string[]
  to: HandOver
  deadlineWorkingDays: number
  note: string
  dryRun: boolean
}

interface LockedClue {
  county: number
  id: string
  householdId: number
  village: number
  state: ClueState
  assignee: number | null
  dueOn: string | null
}

/**
 * Dispatches clues to the township or village of their households. A clue that a township has may be handed on to its village,
 * within the township's own deadline. Throws `not-allowed` (not downwards), `not-found` (any clue outside the
 * scope), `deadline-invalid` (no calendar for the year), `clue-state` (none of them can be handed over any more).
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
    if (found.length < new Set(ids).size) throw new AppError('not-found', { what: 'clue' })
    const open = found.filter((clue) => handOverStep(clue, to) !== undefined)
    const handed = open.map((clue) => ({
      ...clue,
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
    }
  })
}

const handOf = (clue: LockedClue | undefined) =>
  clue && { state: clue.state, assignee: clue.assignee, dueOn: clue.dueOn }

/** In the order of their ids, so that two hand-overs of the same clues wait for each other instead of dying. */
async function lockClues(db: Db, scope: AreaScope, ids: readonly string[]): Promise<LockedClue[]> {
  const { rows } = await sql<LockedClue>`
    select county, id, household_id, village, state, assignee, due_on from clue
    where id = any(${[...ids]}::uuid[])
      and ${inScope(scope, { village: 'clue.village', county: 'clue.county', household: 'clue.household_id' })}
    order by id for update`.execute(db)
  return rows
}

interface HandOverNote {
  by: string | null
  at: Date
  note: string
}

async function handOver(
  db: Db,
  handed: readonly (LockedClue & { assignee: number; dueOn: string })[],
  { by, at, note }: HandOverNote,
) {
  const table = sql`unnest(${handed.map(({ county }) => county)}::int[], ${handed.map(({ id }) => id)}::uuid[],
    ${handed.map(({ assignee }) => assignee)}::bigint[], ${handed.map(({ dueOn }) => dueOn)}::date[])
    x (county, id, assignee, due_on)`
  await changeClues(db, {
    set: {
      state: sql`'dispatched'`,
      assignee: sql`x.assignee`,
      dueOn: sql`x.due_on`,
      dispatchedAt: sql`${at}`,
      dispatchedBy: sql`${by}`,
      dispatchNote: sql`${note}`,
    },
    from: sql`${table} join division d on d.code = x.assignee`,
    where: sql`c.county = x.county and c.id = x.id`,
    event: {
      kind: sql`'dispatched'`,
      ...{ at, by },
      details: sql`jsonb_build_object('place', d.name, 'placeCode', d.code::text, 'dueOn', x.due_on::text, 'note',
        ${note}::text)`,
    },
  })
}

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
    if (found.length < new Set(ids).size) throw new AppError('not-found', { what: 'clue' })
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
      details: sql`jsonb_build_object('place', d.name, 'placeCode', d.code::text, 'reason', ${reason}::text)`,
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
