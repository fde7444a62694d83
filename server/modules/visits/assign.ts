import { sql } from 'kysely'
import { capabilities } from '#contract/access/capabilities.ts'
import { addDays } from '#contract/days.ts'
import type { VisitPurpose, VisitRow } from '#contract/work/visits.ts'
import { inScope } from '#server/modules/access/index.ts'
import { nextSteps } from '#server/modules/clues/index.ts'
import { assignClues, noteClues, releaseClues } from '#server/modules/clues/writing/index.ts'
import { addDeadline, figuresOf } from '#server/modules/deadlines/index.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import { getParameter } from '#server/modules/policy/index.ts'
import { type Db, inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import { findVisitRecord, listVisitors, type Visitor } from './queries.ts'
import { type Actor, presentRow, type VisitDeps } from './view.ts'
import { changeVisit, planVisits } from './visit-writer.ts'

const goers = capabilities['visit.report']
/** Days within which a visitor's budget counts. */
export const week = 7

/** Who may be sent to a household of the scope, or to that of a clue, and the weekly budget. Throws `not-found`. */
export async function findVisitors(
  { database: { db }, clock }: Pick<VisitDeps, 'database' | 'clock'>,
  scope: AreaScope,
  { clue, household }: { clue?: string | undefined; household?: string | undefined },
): Promise<{ weekly: number; visitors: Visitor[] }> {
  const { rows } = await sql<{ county: number; householdId: number; village: number }>`
    select h.county, h.id as household_id, h.village from household h
    where (h.ref = ${household ?? null}::uuid or (h.county, h.id) = (
        select c.county, c.household_id from clue c where c.id = ${clue ?? null}::uuid
          and ${household ?? null}::uuid is null))
      and ${inScope(scope, { village: 'h.village', county: 'h.county', household: 'h.id' })}`.execute(db)
  const [found] = rows
  if (!found) throw new AppError('not-found', { what: household ? 'household' : 'clue' })
  const today = clock.today()
  const visitors = await listVisitors(db, scope, found, { today, until: addDays(today, week), roles: goers })
  return { weekly: getParameter(figuresOf(today, found.county), 'visitWeeklyBudget'), visitors }
}

interface AssignedClue {
  county: number
  id: string
  householdId: number
  village: number
  state: keyof typeof nextSteps
  dueOn: string | null
  levelRank: number
}

export interface Assignment {
  clues: readonly string[]
  visitor: string
  dueOn?: string | undefined
  reason: string
  dryRun: boolean
}

/**
 * Sends one person to the households of clues: one visit a household, whatever the number of its clues; a visit that is planned
 * already goes over to them. Throws `not-found`, `clue-state` (none of them can be looked into), `visitor-unfit` (does not belong
 * there), `visit-budget` (more than the week allows and no reason), `deadline-invalid`.
 */
export async function assignVisitor(
  deps: VisitDeps,
  scope: AreaScope,
  me: Actor,
  { clues, visitor, dueOn, reason, dryRun }: Assignment,
) {
  const today = deps.clock.today()
  return inTransaction(deps.database, async ({ db }) => {
    const found = await lockClues(db, scope, clues)
    if (found.length < new Set(clues).size) throw new AppError('not-found', { what: 'clue' })
    const fit = await fitClues(db, found, visitor, today)
    const [first] = fit
    if (!first) throw new AppError('clue-state', { state: found[0]?.state })
    const due = dueOn && dueOn >= today ? dueOn : addDeadline(today, first.county, 'verificationLimit')
    const households = new Set(fit.map(({ householdId }) => householdId)).size
    const weekly = getParameter(figuresOf(today, first.county), 'visitWeeklyBudget')
    const planned = await countPlanned(db, visitor, today)
    const effect = {
      ...{ visits: households, clues: fit.length, skipped: found.length - fit.length },
      ...{ dueOn: due, planned: planned + households, weekly },
    }
    if (dryRun) {
      deps.audit.nothing()
      return effect
    }
    if (planned + households > weekly && reason === '')
      throw new AppError('visit-budget', { planned, weekly, households })
    const at = deps.clock.now()
    await planFor(db, fit, { visitor, by: me.userId, at, due })
    await noteAssignment(db, fit, { by: me.userId, at, due, visitor })
    await deps.audit.record(
      db,
      ...fit.map(({ id, state }) => ({
        action: 'visits.assign',
        object: { kind: 'clue', ref: id },
        before: { state },
        after: { state: 'verifying', visitor, dueOn: due },
        ...(reason ? { reason } : {}),
      })),
    )
    return effect
  })
}

async function lockClues(db: Db, scope: AreaScope, ids: readonly string[]): Promise<AssignedClue[]> {
  const { rows } = await sql<AssignedClue>`
    select county, id, household_id, village, state, due_on, level_rank from clue
    where id = any(${[...ids]}::uuid[])
      and ${inScope(scope, { village: 'clue.village', county: 'clue.county', household: 'clue.household_id' })}
    order by id for update`.execute(db)
  return rows
}

/** Clues that may be looked into and whose visit has not been reported yet; all must be where the visitor may go. */
async function fitClues(
  db: Db,
  found: readonly AssignedClue[],
  visitor: string,
  today: string,
): Promise<AssignedClue[]> {
  const open = found.filter(({ state }) => (nextSteps[state] as readonly string[]).includes('assign'))
  const { rows } = await sql<{ id: string; fit: boolean }>`
    select c.id, a.user_id is not null
        or exists (select from helpers_of(c.county, c.household_id) g where g.user_id = ${visitor}) as fit
    from unnest(${open.map(({ county }) => county)}::int[], ${open.map(({ id }) => id)}::uuid[]) x (county, id)
    join clue c on c.county = x.county and c.id = x.id
    left join account a on a.user_id = ${visitor} and a.state = 'active' and a.role = any(${[...goers]}::text[])
      and a.role <> 'helper' and a.area in (c.village, c.village / 1000 * 1000)
    where not exists (select from visit w where w.county = c.county and w.id = c.visit_id
      and w.state = 'reported')`.execute(db)
  if (rows.some(({ fit }) => !fit)) throw new AppError('visitor-unfit', { visitor, day: today })
  const ids = new Set(rows.map(({ id }) => id))
  return open.filter(({ id }) => ids.has(id))
}

/** Visits somebody is to make within the week, wherever they are. */
export async function countPlanned(db: Db, visitor: string, today: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count_planned_visits(${visitor}, ${today}::date, ${addDays(today, week)}::date) as n`.execute(db)
  return rows[0]?.n ?? 0
}

interface Plan {
  visitor: string
  by: string
  at: Date
  due: string
}

async function planFor(db: Db, clues: readonly AssignedClue[], { visitor, by, at, due }: Plan) {
  const table = sql`unnest(${clues.map(({ county }) => county)}::int[], ${clues.map(({ id }) => id)}::uuid[]) x (county,
    id)`
  const rows = await planVisits(
    db,
    sql`
      select c.county, c.household_id, c.village, 'verify', ${visitor}::text, ${by}::text, ${at}::timestamptz,
        greatest(least(${due}::date, min(c.due_on)), ${at}::timestamptz::date), min(c.level_rank)
      from ${table} join clue c on c.county = x.county and c.id = x.id
      group by c.county, c.household_id, c.village order by c.county, c.household_id`,
    { goesOver: true },
  )
  await assignClues(db, clues, rows, { by, at })
}

async function noteAssignment(db: Db, clues: readonly AssignedClue[], { visitor, by, at, due }: Plan) {
  const direct = clues.filter(({ state }) => state === 'new')
  await noteClues(
    db,
    { at, by },
    sql`
      select c.county, c.id, 'dispatched',
        jsonb_build_object('place', v.name, 'placeCode', v.code::text, 'dueOn', c.due_on::text, 'note', '')
      from unnest(${direct.map(({ county }) => county)}::int[], ${direct.map(({ id }) => id)}::uuid[]) x (county, id)
      join clue c on c.county = x.county and c.id = x.id join division v on v.code = c.village order by c.id`,
  )
  await noteClues(
    db,
    { at, by },
    sql`
      select c.county, c.id, 'assigned',
        jsonb_build_object('visitor', u.name, 'dueOn', coalesce(c.due_on, ${due}::date)::text)
      from unnest(${clues.map(({ county }) => county)}::int[], ${clues.map(({ id }) => id)}::uuid[]) x (county, id)
      join clue c on c.county = x.county and c.id = x.id join auth_user u on u.id = ${visitor} order by c.id`,
  )
}

/**
 * Plans a visit without a clue. Throws `not-found`, `visitor-unfit`, `visit-budget` (more than the week allows and no reason),
 * `visit-state` (one is planned already).
 */
export async function planVisit(
  deps: VisitDeps,
  scope: AreaScope,
  me: Actor,
  {
    household,
    purpose,
    visitor,
    dueOn,
    reason,
  }: { household: string; purpose: VisitPurpose; visitor: string; dueOn: string; reason: string },
): Promise<VisitRow> {
  const today = deps.clock.today()
  return inTransaction(deps.database, async ({ db }) => {
    const { rows } = await sql<{ county: number; householdId: number; village: number }>`
      select h.county, h.id as household_id, h.village from household h where h.ref = ${household}::uuid
        and h.closed_on is null
        and ${inScope(scope, { village: 'h.village', county: 'h.county', household: 'h.id' })} for update`.execute(
      db,
    )
    const [found] = rows
    if (!found) throw new AppError('not-found', { what: 'household' })
    const able = await listVisitors(db, scope, found, { today, until: addDays(today, week), roles: goers })
    const who = able.find(({ id }) => id === visitor)
    if (!who) throw new AppError('visitor-unfit', { visitor })
    const weekly = getParameter(figuresOf(today, found.county), 'visitWeeklyBudget')
    if (dueOn <= addDays(today, week) && who.planned >= weekly && reason === '')
      throw new AppError('visit-budget', { planned: who.planned, weekly, households: 1 })
    const [made] = await planVisits(
      db,
      sql`select ${found.county}::int, ${found.householdId}::bigint, ${found.village}::bigint, ${purpose}::text,
        ${visitor}::text,
        ${me.userId}::text, ${deps.clock.now()}::timestamptz, ${dueOn}::date, null::smallint`,
    )
    const id = made?.id
    const record = id && (await findVisitRecord(db, scope, id))
    if (!record) throw new AppError('visit-state', { state: 'planned' })
    await deps.audit.record(db, {
      action: 'visits.plan',
      object: { kind: 'visit', ref: record.id },
      household,
      after: { purpose, visitor, dueOn },
      ...(reason ? { reason } : {}),
    })
    return presentRow(record, [], { today, me })
  })
}

/** Calls a planned visit off: its clues go back to the place that had them. Throws `not-found`, `visit-state`. */
export async function cancelVisit(
  deps: VisitDeps,
  scope: AreaScope,
  me: Actor,
  { id, reason }: { id: string; reason: string },
): Promise<VisitRow> {
  return inTransaction(deps.database, async ({ db }) => {
    const record = await findVisitRecord(db, scope, id, { forUpdate: true })
    if (!record) throw new AppError('not-found', { what: 'visit' })
    if (record.state !== 'planned') throw new AppError('visit-state', { state: record.state })
    const at = deps.clock.now()
    await changeVisit(db, record, { state: 'cancelled', closedNote: reason })
    await releaseClues(db, record, { by: me.userId, at, reason })
    await deps.audit.record(db, {
      action: 'visits.cancel',
      object: { kind: 'visit', ref: id },
      household: record.ref,
      before: { state: 'planned' },
      after: { state: 'cancelled' },
      reason,
    })
    return presentRow({ ...record, state: 'cancelled', version: record.version + 1 }, [], {
      today: deps.clock.today(),
      me,
    })
  })
}
