import { sql } from 'kysely'
import type { AccountRequestKind } from '#contract/access/accounts.ts'
import type { Role } from '#contract/access/capabilities.ts'
import type { Department, Division } from '#contract/common.ts'
import type { Db } from '#server/platform/database/db.ts'

export interface NewRequest {
  kind: AccountRequestKind
  userId: string | null
  username: string
  name: string
  role: Role
  area: number
  department: Department | null
  reason: string | null
  codeKey: string | null
}

/** Answers their ids in order, and fewer where one of that kind waits for one of the accounts; those that lapsed make room. */
export async function insertRequests(
  db: Db,
  wanted: readonly NewRequest[],
  { by, days }: { by: string; days: number },
): Promise<string[]> {
  const each = <T>(what: (one: NewRequest) => T) => wanted.map(what)
  await sql`
    update account_request set state = 'expired', decided_at = now() where state = 'pending' and expires_at <= now()
      and username = any(${each(({ username }) => username)}::text[])`.execute(db)
  const { rows } = await sql<{ id: string }>`
    insert into account_request (kind, user_id, username, name, role, area, department, reason, code_key,
      requested_by, expires_at)
    select a.kind, a.user_id, a.username, a.name, a.role, a.area, a.department, a.reason, a.code_key, ${by},
      now() + make_interval(days => ${days}::int)
    from unnest(${each(({ kind }) => kind)}::text[], ${each(({ userId }) => userId)}::text[],
      ${each(({ username }) => username)}::text[], ${each(({ name }) => name)}::text[],
      ${each(({ role }) => role)}::text[], ${each(({ area }) => area)}::bigint[],
      ${each(({ department }) => department)}::text[], ${each(({ reason }) => reason)}::text[],
      ${each(({ codeKey }) => codeKey)}::uuid[])
      with ordinality a (kind, user_id, username, name, role, area, department, reason, code_key, place)
    order by a.place on conflict do nothing returning id`.execute(db)
  return rows.map(({ id }) => id)
}

export interface RequestRecord extends NewRequest {
  id: string
  areaName: string
  areaLevel: Division['level']
  requestedBy: string
  requesterName: string
  requesterUsername: string
  requesterRole: Role
  requesterArea: number
  requesterState: 'active' | 'suspended'
  requestedAt: string
  expiresAt: string
  state: 'pending' | 'done' | 'declined' | 'expired'
  fromRole: Role | null
  fromArea: number | null
  fromAreaName: string | null
  fromAreaLevel: Division['level'] | null
  deciderName: string | null
  decidedAt: string | null
  decisionReason: string | null
}

const select = sql`
  select r.id, r.kind, r.user_id, r.username, r.name, r.role, r.area, d.name as area_name, d.level as area_level,
    r.department, r.reason, r.code_key, r.requested_by, q.name as requester_name, q.username as requester_username,
    s.role as requester_role, s.area as requester_area, s.state as requester_state, r.requested_at, r.expires_at,
    case when r.state = 'pending' and r.expires_at <= now() then 'expired' else r.state end as state,
    a.role as from_role, a.area as from_area, e.name as from_area_name, e.level as from_area_level,
    x.name as decider_name, r.decided_at, r.decision_reason
  from account_request r
  join division d on d.code = r.area
  join auth_user q on q.id = r.requested_by
  join account s on s.user_id = r.requested_by
  left join account a on a.user_id = r.user_id
  left join division e on e.code = a.area
  left join auth_user x on x.id = r.decided_by`

/** Those that wait, the oldest first, then what was decided in the last days. */
export async function listRequests(
  db: Db,
  { userId, scope }: { userId: string; scope: { from: number; to: number } },
  days: number,
): Promise<RequestRecord[]> {
  const { rows } = await sql<RequestRecord>`
    ${select}
    where (r.requested_by = ${userId} or r.area between ${scope.from}::bigint and ${scope.to}::bigint)
      and coalesce(r.decided_at, r.expires_at) > now() - make_interval(days => ${days}::int)
    order by r.state <> 'pending', r.decided_at desc, r.requested_at, r.username limit 2000`.execute(db)
  return rows
}

export async function lockRequests(db: Db, ids: readonly string[]): Promise<RequestRecord[]> {
  const { rows } = await sql<RequestRecord>`
    ${select} where r.id = any(${[...ids]}::uuid[]) order by r.id for update of r`.execute(db)
  return rows
}

export async function closeRequests(
  db: Db,
  ids: readonly string[],
  { by, state, reason }: { by: string; state: 'done' | 'declined'; reason: string },
): Promise<void> {
  await sql`
    update account_request set state = ${state}, decided_by = ${by}, decided_at = now(),
      decision_reason = ${reason || null}
    where id = any(${[...ids]}::uuid[])`.execute(db)
}
