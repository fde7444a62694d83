import { type RawBuilder, sql } from 'kysely'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import type { Db } from '#server/platform/database/db.ts'

/**
 * Condition that a household belongs to a scope: its village lies in the range, and where the scope names a holder, the
 * household is given to that account now. Columns as they are called in the query.
 */
export function inScope(
  scope: AreaScope,
  { village, county, household }: { village: string; county: string; household: string },
): RawBuilder<unknown> {
  const range = sql`${sql.ref(village)} between ${scope.from}::bigint and ${scope.to}::bigint`
  if (!scope.holder) return range
  return sql`(${range} and exists (
    select from household_access g where g.county = ${sql.ref(county)} and g.household_id = ${sql.ref(household)}
      and g.user_id = ${scope.holder} and g.from_at <= now() and (g.until is null or g.until > now())))`
}

export interface Given {
  county: number
  householdId: number
  userId: string
  kind: 'helper' | 'own' | 'break-glass'
}

/** Gives a household to an account, from now on and where `until` is named only until then. */
export async function giveHousehold(
  db: Db,
  {
    county,
    householdId,
    userId,
    kind,
    until,
    grantedBy,
    reason,
  }: Given & { until?: string; grantedBy: string; reason: string },
): Promise<void> {
  await sql`
    insert into household_access (county, household_id, village, user_id, kind, until, granted_by, reason)
    select h.county, h.id, h.village, ${userId}, ${kind}, ${until ?? null}::timestamptz, ${grantedBy}, ${reason}
    from household h where h.county = ${county} and h.id = ${householdId}`.execute(db)
}

/** Ends what was given in that way and still holds. */
export async function endGiven(db: Db, { county, householdId, userId, kind }: Given): Promise<void> {
  await sql`
    update household_access set until = now()
    where county = ${county} and household_id = ${householdId} and user_id = ${userId} and kind = ${kind}
      and (until is null or until > now())`.execute(db)
}
