import { type RawBuilder, sql } from 'kysely'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import type { Db } from '#server/platform/database/db.ts'

/**
 * Condition that a household belongs to a scope: its village lies in the range, and where the scope names a grantee, the
 * household is granted to that account now. Columns as they are called in the query.
 */
export function inScope(
  scope: AreaScope,
  { village, county, household }: { village: string; county: string; household: string },
): RawBuilder<unknown> {
  const range = sql`${sql.ref(village)} between ${scope.from}::bigint and ${scope.to}::bigint`
  if (!scope.grantee) return range
  return sql`(${range} and exists (
    select from household_access g where g.county = ${sql.ref(county)} and g.household_id = ${sql.ref(household)}
      and g.user_id = ${scope.grantee} and g.from_at <= now() and (g.until is null or g.until > now())))`
}

/** Whoever is to go to household `h` may go there no more: neither of its village or township, nor its helper. */
export const isOutOfReach = (visitor: RawBuilder<unknown>) => sql`not exists (
    select from account a where a.user_id = ${visitor} and a.state = 'active' and a.role <> 'helper'
      and a.area in (h.village, h.village / 1000 * 1000))
  and not exists (select from household_access g where g.county = h.county and g.household_id = h.id
    and g.user_id = ${visitor} and g.kind = 'helper' and (g.until is null or g.until > now()))`

export interface Grant {
  county: number
  householdId: number
  userId: string
  kind: 'helper' | 'own' | 'break-glass'
}

/** Grants an account access to a household, from now on, or until `until`. */
export async function grantHousehold(
  db: Db,
  {
    county,
    householdId,
    userId,
    kind,
    until,
    grantedBy,
    reason,
  }: Grant & { until?: string; grantedBy: string; reason: string },
): Promise<void> {
  await sql`
    insert into household_access (county, household_id, village, user_id, kind, until, granted_by, reason)
    select h.county, h.id, h.village, ${userId}, ${kind}, ${until ?? null}::timestamptz, ${grantedBy}, ${reason}
    from household h where h.county = ${county} and h.id = ${householdId}`.execute(db)
}

/** Ends a grant of that kind that is still in force. */
export async function endGrant(db: Db, { county, householdId, userId, kind }: Grant): Promise<void> {
  await sql`
    update household_access set until = now()
    where county = ${county} and household_id = ${householdId} and user_id = ${userId} and kind = ${kind}
      and (until is null or until > now())`.execute(db)
}
