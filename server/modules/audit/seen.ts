import { type RawBuilder, sql } from 'kysely'

/** Division codes of an administrator's area. */
export interface AuditScope {
  from: number
  to: number
}

const province = 1e10

/** What an administrator reads: entries of accounts of the area; those of no area (the platform) only over the whole province. */
export function seenBy({ from, to }: AuditScope, column: string): RawBuilder<unknown> {
  const area = sql`${sql.ref(column)} between ${from}::bigint and ${to}::bigint`
  const whole = from % province === 0 && to % province === province - 1
  return whole ? sql`(${area} or ${sql.ref(column)} is null)` : area
}
