import { type RawBuilder, sql } from 'kysely'
import type { AreaScope } from '#server/modules/divisions/index.ts'

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
