import { type RawBuilder, sql } from 'kysely'
import type { AreaScope } from '#server/modules/divisions/index.ts'

/**
 * Entries and alarms of accounts of an area; those of no area (the platform, failed sign-ins) belong to the province alone. Row-level
 * security says the same; neither leans on the other.
 */
export function actsIn(
  { from, to }: AreaScope,
  actorArea: 'e.actor_area' | 'a.actor_area',
): RawBuilder<unknown> {
  const area = sql.ref(actorArea)
  const isWhole = from % 1e10 === 0 && to % 1e10 === 1e10 - 1
  return sql`(${area} between ${from}::bigint and ${to}::bigint or ${area} is null and ${isWhole}::boolean)`
}
