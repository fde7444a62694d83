import { type RawBuilder, sql } from 'kysely'
import type { Division } from '#contract/common.ts'
import type { AuditEntryView, AuditFilter, AuditRow } from '#contract/protection/audit.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import { actsIn } from './area.ts'

/** Above this nobody reads a number as a number. */
const countedTo = 10_000

interface Row extends Omit<AuditRow, 'actor' | 'object' | 'household' | 'count'> {
  actorId: string | null
  actorName: string
  actorRole: string
  actorArea: number | null
  areaName: string | null
  areaLevel: Division['level'] | null
  objectKind: string | null
  objectRef: string | null
  householdRef: string | null
  rowCount: number | null
}

const columns = sql`e.id, e.at, e.actor_id, e.actor_name, e.actor_role, e.actor_area, d.name as area_name,
  d.level as area_level,
  e.action, e.outcome, e.object_kind, e.object_ref, e.household_ref, e.reason, e.row_count, e.address`

function conditions(scope: AreaScope, filter: AuditFilter, before?: number): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [actsIn(scope, 'e.actor_area')]
  if (filter.from) all.push(sql`e.at >= ${filter.from}::timestamptz`)
  if (filter.to) all.push(sql`e.at <= ${filter.to}::timestamptz`)
  if (filter.actor) all.push(sql`e.actor_name = ${filter.actor}`)
  if (filter.action?.length) {
    const whole = filter.action.filter((action) => action.includes('.'))
    const groups = filter.action.filter((action) => !action.includes('.'))
    all.push(sql`(e.action = any(${whole}::text[]) or split_part(e.action, '.', 1) = any(${groups}::text[]))`)
  }
  if (filter.outcome) all.push(sql`e.outcome = ${filter.outcome}`)
  if (filter.household) all.push(sql`e.household_ref = ${filter.household}::uuid`)
  if (filter.object) all.push(sql`e.object_ref = ${filter.object}`)
  if (filter.address) all.push(sql`e.address = ${filter.address}`)
  if (before !== undefined) all.push(sql`e.id < ${before}`)
  return sql.join(all, sql` and `)
}

/** A page of the entries the account may read, newest first; the next begins before the last of this one. */
export async function searchEntries(
  db: Db,
  scope: AreaScope,
  filter: AuditFilter,
  { before, size }: { before?: number | undefined; size: number },
): Promise<{ total: number; more: boolean; rows: AuditRow[]; actions: string[] }> {
  const rows = await listEntries(db, scope, filter, { before, size: size + 1 })
  const counted = await sql<{ n: number }>`
    select count(*) as n from (select 1 from audit_entry e where ${conditions(scope, filter)}
      limit ${countedTo}) x`.execute(db)
  return {
    total: counted.rows[0]?.n ?? 0,
    more: rows.length > size,
    rows: rows.slice(0, size),
    actions: await listActions(db),
  }
}

/** The newest of them, or those before one of them. */
export async function listEntries(
  db: Db,
  scope: AreaScope,
  filter: AuditFilter,
  { before, size }: { before?: number | undefined; size: number },
): Promise<AuditRow[]> {
  const { rows } = await sql<Row>`
    select ${columns} from audit_entry e left join division d on d.code = e.actor_area
    where ${conditions(scope, filter, before)} order by e.id desc limit ${size}`.execute(db)
  return rows.map(present)
}

/** All of them, however many: a file says how many it holds. */
export async function countEntries(db: Db, scope: AreaScope, filter: AuditFilter): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from audit_entry e where ${conditions(scope, filter)}`.execute(db)
  return rows[0]?.n ?? 0
}

/** Different actions there are, hopping from one to the next along the index: as many steps as actions, not as entries. */
async function listActions(db: Db): Promise<string[]> {
  const { rows } = await sql<{ action: string }>`
    with recursive hop as (
      (select action from audit_entry order by action limit 1)
      union all
      select (select e.action from audit_entry e where e.action > hop.action order by e.action limit 1) from hop
      where hop.action is not null
    ) select action from hop where action is not null`.execute(db)
  return rows.map(({ action }) => action)
}

export async function getEntry(db: Db, scope: AreaScope, id: number): Promise<AuditEntryView> {
  const { rows } = await sql<
    Row &
      Omit<AuditEntryView, keyof AuditRow | 'seal'> & {
        seq: number | null
        digest: Buffer | null
        sealedAt: string | null
      }
  >`
    select ${columns}, e.before, e.after, e.detail, e.user_agent, e.request_id, s.seq, s.digest, s.sealed_at
    from audit_entry e
    left join division d on d.code = e.actor_area
    left join audit_seal s on s.entry_id = e.id
    where e.id = ${id} and ${actsIn(scope, 'e.actor_area')}`.execute(db)
  const [row] = rows
  if (!row) throw new AppError('not-found', { what: 'audit-entry' })
  const { before, after, detail, userAgent, requestId, seq, digest, sealedAt } = row
  return {
    ...present(row),
    ...{ before, after, detail, userAgent, requestId },
    seal:
      seq === null || digest === null || sealedAt === null
        ? null
        : { seq, digest: digest.toString('hex'), sealedAt },
  }
}

function present(row: Row): AuditRow {
  const { id, at, action, outcome, reason, address } = row
  return {
    ...{ id, at, action, outcome, reason, address },
    actor: {
      id: row.actorId,
      username: row.actorName,
      role: row.actorRole,
      area: placeOf(row.actorArea, row.areaName, row.areaLevel),
    },
    object:
      row.objectKind === null || row.objectRef === null ? null : { kind: row.objectKind, ref: row.objectRef },
    household: row.householdRef,
    count: row.rowCount,
  }
}

export function placeOf(
  code: number | null,
  name: string | null,
  level: Division['level'] | null,
): Division | null {
  return code === null || name === null || level === null ? null : { code, name, level }
}
