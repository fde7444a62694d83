import { sql } from 'kysely'
import type { Auditor } from '#server/platform/audit.ts'
import { type Database, inTransaction } from '#server/platform/database/db.ts'

export interface PublishedPolicy {
  id: string
  digest: string
  /** Parameter → its values with their dates and places, as one text. */
  parameters: Record<string, string>
}

/**
 * Writes down once that a policy came into force here, with what it changed; the audit itself remembers the last one. Processes
 * that start together write it once.
 */
export async function publishPolicy(
  { database, audit }: { database: Database; audit: Auditor },
  { id, digest, parameters }: PublishedPolicy,
): Promise<boolean> {
  return inTransaction(database, async ({ db, client }) => {
    await client.query('select pg_advisory_xact_lock(71012)')
    const { rows } = await sql<{ detail: { digest: string; parameters: Record<string, string> } | null }>`
      select detail from audit_entry where action = 'policy.publish' and object_ref = ${id} order by id desc
        limit 1`.execute(db)
    const earlier = rows[0]?.detail
    if (earlier?.digest === digest) return false
    const before = earlier?.parameters ?? {}
    const changed = [...new Set([...Object.keys(before), ...Object.keys(parameters)])].filter(
      (key) => before[key] !== parameters[key],
    )
    const pick = (values: Record<string, string>) =>
      Object.fromEntries(changed.map((key) => [key, values[key] ?? null]))
    await audit.record(db, {
      action: 'policy.publish',
      object: { kind: 'policy', ref: id },
      ...(earlier ? { before: pick(before), after: pick(parameters) } : {}),
      detail: { digest, parameters },
      count: changed.length,
    })
    return true
  })
}
