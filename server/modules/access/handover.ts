import { sql } from 'kysely'
import { areaScope } from '#server/modules/divisions/index.ts'
import { inTransaction } from '#server/platform/db.ts'
import { AppError } from '#server/platform/errors.ts'
import type { HandoverPart } from '#server/platform/handover.ts'
import type { AccountDeps, Manager } from './account-deps.ts'
import { getManaged } from './account-operations.ts'
import { countWork } from './account-view.ts'
import { mayHandOver } from './rules.ts'

/** Moves the open work of an account to another of the same kind, all parts in one transaction; a dry run only counts. */
export async function handOver(
  deps: AccountDeps,
  me: Manager,
  from: string,
  { to, reason, dryRun }: { to: string; reason: string; dryRun: boolean },
): Promise<{ moved: Record<string, number>; dryRun: boolean }> {
  const giver = await getManaged(deps.database.db, me, me.scope, from)
  const taker = await getManaged(deps.database.db, me, me.scope, to)
  if (!mayHandOver(giver, taker) || taker.state !== 'active') {
    throw new AppError('handover-target', { role: giver.role, state: taker.state })
  }
  if (dryRun) {
    deps.audit.nothing()
    return { moved: await countWork(deps, from), dryRun }
  }
  return inTransaction(deps.work, async (session) => {
    const moved: Record<string, number> = {}
    for (const part of deps.handover) {
      moved[part.key] = await part.move(session, from, { userId: to, by: me.userId, reason })
    }
    await deps.audit.record(session.db, {
      action: 'accounts.handover',
      object: { kind: 'account', ref: from },
      after: { to, moved },
      reason,
    })
    return { moved, dryRun }
  })
}

/** Households given to a helper. */
export const householdAccessPart: HandoverPart = {
  key: 'household-access',
  async count({ db }, userId) {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from household_access
      where user_id = ${userId} and kind = 'helper' and (until is null or until > now())`.execute(db)
    return rows[0]?.count ?? 0
  },
  async move({ db }, from, { userId, by, reason }) {
    const { rows: areas } = await sql<{
      area: number
    }>`select area from account where user_id = ${userId}`.execute(db)
    const { from: first, to: last } = areaScope(areas[0]?.area ?? 0)
    const { rows } = await sql<{ moved: number; outside: number }>`
      with ended as (
        update household_access set until = now()
        where user_id = ${from} and kind = 'helper' and (until is null or until > now())
        returning county, household_id
      ), given as (
        insert into household_access (county, household_id, user_id, kind, granted_by, reason)
        select county, household_id, ${userId}, 'helper', ${by}, ${reason} from ended e
        where not exists (
          select from household_access a where a.county = e.county and a.household_id = e.household_id
            and a.user_id = ${userId} and a.kind = 'helper' and (a.until is null or a.until > now()))
      )
      select count(*) as moved, count(*) filter (where not exists (
        select from household h where h.county = e.county and h.id = e.household_id
          and h.village between ${first} and ${last})) as outside
      from ended e`.execute(db)
    const { moved = 0, outside = 0 } = rows[0] ?? {}
    if (outside > 0) throw new AppError('handover-target', { outside })
    return moved
  },
}
