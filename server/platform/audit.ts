import { sql } from 'kysely'
import type { Db } from './database/db.ts'

/** What is written down besides who, when and from where. No ID number, telephone or bank card ever stands in it. */
export interface AuditEntry {
  /** Group and name, such as `clues.dispatch`. */
  action: string
  outcome?: 'done' | 'refused'
  object?: { kind: string; ref: string }
  /** Reference of the household it is about, where it is about one. */
  household?: string | undefined
  before?: unknown
  after?: unknown
  detail?: Record<string, unknown>
  reason?: string
  count?: number
}

/** Who acts, and from where; bound once per request, job or command. */
export interface AuditActor {
  id: string | null
  name: string
  role: string
  area: number | null
  address?: string | null
  userAgent?: string | null
  requestId?: string | null
}

export interface Auditor {
  /** Adds entries on the connection of `db`, so that what was done and that it was done are committed together. */
  record(db: Db, ...entries: AuditEntry[]): Promise<void>
  /** Marks that a call changed nothing on purpose, such as a dry run. */
  nothing(): void
  /** Adds to what the server writes about a read once it succeeded. */
  describe(more: Partial<AuditEntry>): void
  readonly described: Partial<AuditEntry>
  /** Whether something was recorded, or marked as nothing to record. */
  readonly recorded: boolean
}

export function auditorOf(actor: AuditActor): Auditor {
  let recorded = false
  let described: Partial<AuditEntry> = {}
  return {
    async record(db, ...entries) {
      await insertEntries(db, actor, entries)
      recorded = true
    },
    nothing() {
      recorded = true
    },
    describe(more) {
      described = { ...described, ...more }
    },
    get described() {
      return described
    },
    get recorded() {
      return recorded
    },
  }
}

/** The platform's own doing: jobs and the start. */
export const systemAuditor = (): Auditor =>
  auditorOf({ id: null, name: 'system', role: 'system', area: null })

async function insertEntries(db: Db, actor: AuditActor, entries: readonly AuditEntry[]) {
  if (entries.length === 0) return
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value))
  const row = (entry: AuditEntry) => sql`(${actor.id}, ${actor.name}, ${actor.role}, ${actor.area}::bigint,
    ${actor.address ?? null}, ${actor.userAgent?.slice(0, 300) ?? null}, ${actor.requestId ?? null},
    ${entry.action}, ${entry.outcome ?? 'done'}, ${entry.object?.kind ?? null}, ${entry.object?.ref ?? null},
    ${entry.household ?? null}::uuid, ${json(entry.before)}::jsonb, ${json(entry.after)}::jsonb,
    ${json(entry.detail)}::jsonb, ${entry.reason ?? null}, ${entry.count ?? null}::bigint)`
  const keep = entries.length === 1 ? sql`/* keep: audit-entry */ ` : sql``
  await sql`${keep}insert into audit_entry (actor_id, actor_name, actor_role, actor_area, address, user_agent,
    request_id,
    action, outcome, object_kind, object_ref, household_ref, before, after, detail, reason, row_count)
    values ${sql.join(entries.map(row))}`.execute(db)
}
