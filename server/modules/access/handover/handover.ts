import { sql } from 'kysely'
import { among, type HandoverItem, type HandoverPart } from '#server/manifest/handover.ts'
import { type Db, inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import type { AccountDeps, Manager } from '../accounts/deps.ts'
import { getManaged } from '../accounts/operations.ts'
import { countWork } from '../accounts/view.ts'
import { mayHandOver } from '../rules.ts'
import { inside, liesOutside } from './parts.ts'

/** Moves the open work of an account to another of the same kind, all parts in one transaction; a dry run only counts. */
export async function handOver(
  deps: AccountDeps,
  me: Manager,
  from: string,
  { to, reason, dryRun }: { to: string; reason: string; dryRun: boolean },
): Promise<{ handover: string | null; moved: Record<string, number>; dryRun: boolean }> {
  await checkPair(deps, me, from, to)
  if (dryRun) {
    deps.audit.nothing()
    return { handover: null, moved: await countWork(deps, from), dryRun }
  }
  return inTransaction(deps.work, async (session) => {
    const { rows } = await sql<{ id: string }>`
      insert into handover (from_user, to_user, at, by_user, reason)
        values (${from}, ${to}, now(), ${me.userId}, ${reason})
      returning id`.execute(session.db)
    const handover = rows[0]?.id ?? ''
    const moved: Record<string, number> = {}
    for (const part of deps.handover) {
      const items = await part.move(session, from, { userId: to, by: me.userId, reason })
      moved[part.key] = items.length
      await keepItems(session.db, handover, part.key, items)
    }
    await deps.audit.record(session.db, {
      action: 'accounts.handover',
      object: { kind: 'account', ref: from },
      after: { to, moved },
      reason,
    })
    return { handover, moved, dryRun }
  })
}

/**
 * Returns what a handover moved and the other has not done yet; nothing else of theirs. Throws `not-found` (no such handover, taken
 * back already, or not one's to manage), `handover-target` (who gave it cannot have it any more).
 */
export async function takeBack(
  deps: AccountDeps,
  me: Manager,
  { id, reason }: { id: string; reason: string },
): Promise<{ moved: Record<string, number> }> {
  const { rows } = await sql<{ from: string; to: string; at: string }>`
    select from_user as from, to_user as to, at from handover where id = ${id}::uuid and taken_back_at is null`.execute(
    deps.work.db,
  )
  const [known] = rows
  if (!known) throw new AppError('not-found', { what: 'handover' })
  await checkPair(deps, me, known.to, known.from)
  return inTransaction(deps.work, async (session) => {
    const { numAffectedRows = 0n } = await sql`
      update handover set taken_back_at = now(), taken_back_by = ${me.userId} where id = ${id}::uuid
        and taken_back_at is null`.execute(session.db)
    if (numAffectedRows === 0n) throw new AppError('not-found', { what: 'handover' })
    const { rows: items } = await sql<HandoverItem & { part: string }>`
      select county, part, item from handover_item where handover_id = ${id}::uuid`.execute(session.db)
    const moved: Record<string, number> = {}
    for (const part of deps.handover) {
      const own = items.filter((one) => one.part === part.key)
      if (own.length === 0) continue
      const to = { userId: known.from, by: me.userId, reason, only: { items: own, since: known.at } }
      moved[part.key] = (await part.move(session, known.to, to)).length
    }
    await deps.audit.record(session.db, {
      action: 'accounts.takeBack',
      object: { kind: 'account', ref: known.from },
      after: { from: known.to, moved },
      reason,
    })
    return { moved }
  })
}

async function checkPair(deps: AccountDeps, me: Manager, from: string, to: string) {
  const giver = await getManaged(deps.database.db, me, me.scope, from)
  const taker = await getManaged(deps.database.db, me, me.scope, to)
  if (!mayHandOver(giver, taker) || taker.state !== 'active') {
    throw new AppError('handover-target', { role: giver.role, state: taker.state })
  }
}

async function keepItems(db: Db, handover: string, part: string, items: readonly HandoverItem[]) {
  await sql`
    insert into handover_item (county, handover_id, part, item)
    select x.county, ${handover}::uuid, ${part}, x.item from unnest(${items.map(({ county }) => county)}::int[],
      ${items.map(({ item }) => item)}::text[]) x (county, item)`.execute(db)
}

/** Households granted to a helper. */
export const householdAccessPart: HandoverPart = {
  key: 'household-access',
  columns: ['household_access.user_id'],
  async count({ db }, userId) {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from household_access
      where user_id = ${userId} and kind = 'helper' and (until is null or until > now())`.execute(db)
    return rows[0]?.count ?? 0
  },
  async move({ db }, from, to) {
    const { userId, by, reason, only } = to
    // What was granted to the other before the handover stays theirs when it is taken back.
    const { rows } = await sql<HandoverItem & { outside: boolean }>`
      with own as (
        select a.county, a.household_id, a.village, a.from_at from household_access a
        where a.user_id = ${from} and a.kind = 'helper' and (a.until is null or a.until > now())
          and ${among(to, sql`a.county`, sql`a.household_id`)}
      ), ended as (
        update household_access a set until = now() from own x
        where a.county = x.county and a.household_id = x.household_id and a.user_id = ${from} and a.kind = 'helper'
          and a.from_at = x.from_at and x.from_at >= ${only?.since ?? '-infinity'}::timestamptz
      ), granted as (
        insert into household_access (county, household_id, village, user_id, kind, granted_by, reason)
        select distinct county, household_id, village, ${userId}, 'helper', ${by}, ${reason} from own e
        where not exists (
          select from household_access a where a.county = e.county and a.household_id = e.household_id
            and a.user_id = ${userId} and a.kind = 'helper' and (a.until is null or a.until > now()))
      )
      select distinct e.county, e.household_id::text as item,
        ${liesOutside(userId, sql`e.county`, sql`e.household_id`)} as outside
      from own e`.execute(db)
    return inside(rows)
  },
}
