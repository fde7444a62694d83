import { sql } from 'kysely'
import type { ExportKind, ExportState } from '#contract/protection/exports.ts'
import { isUntied } from '#server/modules/access/ties/index.ts'
import type { Db } from '#server/platform/database/db.ts'

export interface ExportRecord {
  id: string
  serial: number
  kind: ExportKind
  filter: unknown
  purpose: string
  requestedBy: string
  requesterName: string
  requesterUsername: string
  area: number
  areaName: string
  areaLevel: 'province' | 'city' | 'county' | 'township' | 'village'
  requestedAt: string
  rowTotal: number
  rowLimit: number | null
  state: ExportState
  deciderName: string | null
  decidedAt: string | null
  decisionReason: string | null
  expiresAt: string
  downloads: number
  lastDownloadAt: string | null
  untied: boolean
}

/** What is past its day counts as expired wherever it is read; nothing has to be turned over at midnight. */
const stateAt = (now: Date) =>
  sql<ExportState>`case when x.state <> 'declined' and x.expires_at <= ${now} then 'expired' else x.state end`

const select = (now: Date, userId: string) => sql`
  select x.id, x.serial, x.kind, x.filter, x.purpose, x.requested_by, u.name as requester_name,
    u.username as requester_username, x.requester_area as area, d.name as area_name, d.level as area_level,
    x.requested_at,
    x.row_total, x.row_limit, ${stateAt(now)} as state, decider.name as decider_name, x.decided_at, x.decision_reason,
    x.expires_at, x.downloads, x.last_download_at, ${isUntied(userId, 'x.requested_by')} as untied
  from export x
  join auth_user u on u.id = x.requested_by
  join division d on d.code = x.requester_area
  left join auth_user decider on decider.id = x.decided_by`

/** Exports an account may see: its own, and with `approves` those requested in its area. */
export interface Viewer {
  userId: string
  scope: { from: number; to: number }
  approves: boolean
}

const visible = ({ userId, scope, approves }: Viewer) =>
  approves
    ? sql`(x.requested_by = ${userId} or x.requester_area between ${scope.from}::bigint and ${scope.to}::bigint)`
    : sql`x.requested_by = ${userId}`

const toDecide = (viewer: Viewer, now: Date) =>
  viewer.approves
    ? sql`(x.state = 'pending' and x.expires_at > ${now} and x.requested_by <> ${viewer.userId}
        and x.requester_area between ${viewer.scope.from}::bigint and ${viewer.scope.to}::bigint
        and ${isUntied(viewer.userId, 'x.requested_by')})`
    : sql`false`

export async function listExports(
  db: Db,
  viewer: Viewer,
  now: Date,
  filter: {
    states?: readonly ExportState[] | undefined
    toDecide?: boolean | undefined
    limit: number
    offset: number
  },
) {
  const all = [visible(viewer)]
  if (filter.states?.length) all.push(sql`${stateAt(now)} = any(${[...filter.states]}::text[])`)
  if (filter.toDecide) all.push(toDecide(viewer, now))
  const where = sql.join(all, sql` and `)
  const counted = await sql<{ total: number; waiting: number }>`
    select count(*) filter (where ${where}) as total, count(*) filter (where ${toDecide(viewer, now)}) as waiting
    from export x where ${visible(viewer)}`.execute(db)
  const { rows } = await sql<ExportRecord>`
    ${select(now, viewer.userId)} where ${where} order by x.serial desc
    limit ${filter.limit} offset ${filter.offset}`.execute(db)
  return { total: counted.rows[0]?.total ?? 0, waiting: counted.rows[0]?.waiting ?? 0, rows }
}

export async function findExport(
  db: Db,
  viewer: Viewer,
  now: Date,
  id: string,
): Promise<ExportRecord | undefined> {
  const { rows } = await sql<ExportRecord>`
    ${select(now, viewer.userId)} where x.id = ${id}::uuid and ${visible(viewer)}`.execute(db)
  return rows[0]
}

export interface NewExport {
  kind: ExportKind
  filter: unknown
  purpose: string
  by: string
  area: number
  at: Date
  rows: number
  limit: number | null
  state: 'pending' | 'ready'
  expiresAt: Date
}

export async function insertExport(db: Db, one: NewExport): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into export (kind, filter, purpose, requested_by, requester_area, requested_at, row_total, row_limit, state,
      expires_at)
    values (${one.kind}, ${JSON.stringify(one.filter)}, ${one.purpose}, ${one.by}, ${one.area}, ${one.at}, ${one.rows},
      ${one.limit}, ${one.state}, ${one.expiresAt}) returning id`.execute(db)
  const [created] = rows
  if (!created) throw new Error('insert into export returned nothing')
  return created.id
}

/** Answers whether it was still to be decided, and by somebody else than the requester. */
export async function decideExport(
  db: Db,
  id: string,
  { by, at, approve, reason }: { by: string; at: Date; approve: boolean; reason: string },
): Promise<boolean> {
  const { rows } = await sql`
    update export set state = ${approve ? 'ready' : 'declined'}, decided_by = ${by}, decided_at = ${at},
      decision_reason = ${reason || null}
    where id = ${id}::uuid and state = 'pending' and requested_by <> ${by} and expires_at > ${at} returning id`.execute(
    db,
  )
  return rows.length > 0
}

export async function countDownload(db: Db, id: string, at: Date): Promise<void> {
  await sql`update export set downloads = downloads + 1, last_download_at = ${at} where id = ${id}::uuid`.execute(
    db,
  )
}

/** Households by their keys, or by reference within a county. */
export interface KeptHouseholds {
  keys: readonly { county: number; id: number }[]
  refs: readonly { county: number; ref: string }[]
}

export async function keepItems(db: Db, id: string, { keys, refs }: KeptHouseholds) {
  if (keys.length + refs.length === 0) return
  await sql`
    insert into export_item (county, household_id, village, export_id)
    select h.county, h.id, h.village, ${id}::uuid
    from (select distinct county, id
      from unnest(${keys.map(({ county }) => county)}::int[],
        ${keys.map((one) => one.id)}::bigint[]) x (county, id)) x
    join household h using (county, id)
    union
    select h.county, h.id, h.village, ${id}::uuid
    from (select distinct county, ref
      from unnest(${refs.map(({ county }) => county)}::int[],
        ${refs.map(({ ref }) => ref)}::uuid[]) x (county, ref)) x
    join household h on h.county = x.county and h.ref = x.ref
    on conflict do nothing`.execute(db)
}
