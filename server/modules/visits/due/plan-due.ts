import { type RawBuilder, sql } from 'kysely'
import { may } from '#contract/access/capabilities.ts'
import { addDays } from '#contract/days.ts'
import { inScope } from '#server/modules/access/index.ts'
import { figuresOf } from '#server/modules/deadlines/index.ts'
import { type AreaScope, countyOf } from '#server/modules/divisions/index.ts'
import { getParameter } from '#server/modules/policy/index.ts'
import { type Db, inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import { countPlanned, week } from '../assign.ts'
import type { Actor, VisitDeps } from '../view.ts'
import { planVisits } from '../visit-writer.ts'
import {
  type DueDays,
  type DueRecord,
  type DueWhen,
  dueTable,
  type Grade,
  isChosen,
  narrowTo,
  reddest,
} from './due.ts'
import { type Home, type Proposal, proposeVisitors } from './due-visitors.ts'
import { dueDays } from './read-due.ts'

type Due = Home & Pick<DueRecord, 'purpose' | 'ref'>
type Sent = Due & Pick<Proposal, 'visitor' | 'name' | 'planned'>

interface Choice {
  households?: readonly string[] | undefined
  area?: number | undefined
  grade?: Grade | undefined
  when?: DueWhen | undefined
}

/**
 * Plans the visits that the rhythm requires at some households, or at all that a list shows, one each, within the week: each goes to
 * whom the list proposes, or to oneself for those who may send nobody else. Nobody gets more than the week's budget, the reddest and
 * longest due come first; what is left stays on the list. Households that are no longer due, or somebody has been sent to meanwhile, are
 * skipped. Throws `not-found`.
 */
export async function planDueVisits(
  deps: VisitDeps,
  scope: AreaScope,
  me: Actor,
  { households, area = me.area, ...filter }: Choice,
) {
  const days = dueDays(deps.clock.today())
  const by = addDays(days.today, week)
  return inTransaction(deps.database, async ({ db }) => {
    const { county, due, skipped } = households
      ? await lockChosen(db, scope, households, days)
      : await lockListed(db, narrowTo(scope, area), filter, days)
    const sent = await sendTo(db, scope, me, due, { today: days.today, until: by })
    const weekly = getParameter(figuresOf(days.today, county), 'visitWeeklyBudget')
    const { kept, left } = withinBudget(sent, weekly)
    await insertVisits(db, kept, { by: me.userId, at: deps.clock.now(), dueOn: by })
    if (kept.length === 0) deps.audit.nothing()
    else
      await deps.audit.record(
        db,
        ...kept.map(({ ref, visitor, purpose }) => ({
          action: 'visits.planDue',
          object: { kind: 'household', ref },
          household: ref,
          after: { purpose, visitor, dueOn: by },
        })),
      )
    return {
      ...{ dueOn: by, weekly, planned: kept.length, left: left.length },
      ...{ nobody: due.length - sent.length, skipped },
      visitors: totals(sent, kept),
    }
  })
}

interface LockedHome extends Home {
  ref: string
}

interface Locked {
  county: number
  due: readonly Due[]
  /** Chosen, but no longer due. */
  skipped: number
}

async function lockChosen(
  db: Db,
  scope: AreaScope,
  households: readonly string[],
  days: DueDays,
): Promise<Locked> {
  const homes = await lockHomes(db, scope, households)
  const [first] = homes
  if (!first || homes.length < new Set(households).size)
    throw new AppError('not-found', { what: 'household' })
  const among = sql`h.county = ${first.county}
    and h.id = any(${homes.map(({ householdId }) => householdId)}::bigint[])`
  const within = { ...scope, from: Math.max(scope.from, first.county * 1e6) }
  const due = await listDue(db, dueTable(within, days, among), sql`true`)
  return { county: first.county, due, skipped: homes.length - due.length }
}

/** Two who plan the same list at once wait for each other: what the first has planned is no longer due for the second. */
async function lockListed(
  db: Db,
  within: AreaScope,
  filter: Pick<Choice, 'grade' | 'when'>,
  days: DueDays,
): Promise<Locked> {
  const county = countyOf(within.from)
  await sql`select pg_advisory_xact_lock(${planning}::int, ${county}::int)`.execute(db)
  return { county, due: await listDue(db, dueTable(within, days), isChosen(filter)), skipped: 0 }
}

/** Any number, the same in every process. */
const planning = 8201

async function lockHomes(db: Db, scope: AreaScope, refs: readonly string[]): Promise<LockedHome[]> {
  const { rows } = await sql<LockedHome>`
    select h.county, h.id as household_id, h.village, h.ref from household h
    where h.ref = any(${[...refs]}::uuid[])
      and ${inScope(scope, { village: 'h.village', county: 'h.county', household: 'h.id' })}
    order by h.county, h.id for update`.execute(db)
  const counties = new Set(rows.map(({ county }) => county))
  if (counties.size > 1) throw new AppError('bad-request', { counties: counties.size })
  return rows
}

async function listDue(
  db: Db,
  due: ReturnType<typeof dueTable>,
  wanted: RawBuilder<unknown>,
): Promise<Due[]> {
  const { rows } = await sql<Due>`
    select x.county, x.household_id, x.village, x.purpose, h.ref from ${due} x
    join household h on h.county = x.county and h.id = x.household_id
    where ${wanted}
    order by ${reddest}`.execute(db)
  return rows
}

/** Whoever may send others sends whom the list proposes; helpers and team members go themselves. */
async function sendTo(
  db: Db,
  scope: AreaScope,
  me: Actor,
  due: readonly Due[],
  days: { today: string; until: string },
): Promise<Sent[]> {
  if (!may(me.role, 'visit.assign')) {
    const planned = await countPlanned(db, me.userId, days.today)
    return due.map((one) => ({ ...one, visitor: me.userId, name: me.name, planned }))
  }
  const proposals = await proposeVisitors(db, scope, due, days)
  return due.flatMap((one) => {
    const found = proposals.find(({ householdId }) => householdId === one.householdId)
    return found ? [{ ...one, visitor: found.visitor, name: found.name, planned: found.planned }] : []
  })
}

function withinBudget(sent: readonly Sent[], weekly: number): { kept: Sent[]; left: Sent[] } {
  const kept: Sent[] = []
  const left: Sent[] = []
  const load = new Map(sent.map(({ visitor, planned }) => [visitor, planned]))
  for (const one of sent) {
    const before = load.get(one.visitor) ?? 0
    load.set(one.visitor, before + 1)
    if (before < weekly) kept.push(one)
    else left.push(one)
  }
  return { kept, left }
}

async function insertVisits(
  db: Db,
  visits: readonly Sent[],
  { by, at, dueOn }: { by: string; at: Date; dueOn: string },
) {
  await planVisits(
    db,
    sql`
      select x.county, x.household_id, x.village, x.purpose, x.visitor, ${by}::text, ${at}::timestamptz, ${dueOn}::date,
        null::smallint
      from unnest(${visits.map(({ county }) => county)}::int[],
        ${visits.map(({ householdId }) => householdId)}::bigint[],
        ${visits.map(({ village }) => village)}::bigint[], ${visits.map(({ purpose }) => purpose)}::text[],
        ${visits.map(({ visitor }) => visitor)}::text[]) x (county, household_id, village, purpose, visitor)`,
  )
}

/** Each visitor with how many visits they got and how full their week is now. */
function totals(sent: readonly Sent[], kept: readonly Sent[]) {
  return [...Map.groupBy(sent, ({ visitor }) => visitor)].map(([visitor, own]) => {
    const visits = kept.filter((one) => one.visitor === visitor).length
    return {
      name: own[0]?.name ?? '',
      visits,
      load: (own[0]?.planned ?? 0) + visits,
      left: own.length - visits,
    }
  })
}
