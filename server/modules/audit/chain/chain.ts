import { type RawBuilder, sql } from 'kysely'

/** What the first seal follows. */
export const genesis = Buffer.alloc(32)

/**
 * An entry as one text, every column in a fixed form, so that the same row always gives the same bytes: instants in UTC to the
 * microsecond, documents as PostgreSQL writes jsonb (keys sorted, no choice of spacing).
 */
export const canonicalEntry: RawBuilder<string> = sql<string>`jsonb_build_array(
  e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.actor_id, e.actor_name, e.actor_role,
  e.actor_area,
  e.action, e.outcome, e.object_kind, e.object_ref, e.household_ref, e.before, e.after, e.detail, e.reason, e.row_count,
  e.address, e.user_agent, e.request_id)::text`

/** Instants of seals in the same form. */
export const canonicalInstant = (column: string): RawBuilder<string> =>
  sql<string>`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`

export type Mac = (message: Buffer | string) => Buffer

/** The seal of an entry at a place of the chain. */
export function sealOf(mac: Mac, before: Buffer, seq: number, sealedAt: string, entry: string): Buffer {
  return mac(Buffer.concat([before, Buffer.from(`\n${seq}\n${sealedAt}\n${entry}`)]))
}
