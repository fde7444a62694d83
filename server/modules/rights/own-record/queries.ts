import { sql } from 'kysely'
import type { z } from 'zod'
import type { Cause, Division, Localized, RiskLevel } from '#contract/common.ts'
import type { Look } from '#contract/protection/own-record.ts'
import type { HouseholdKey } from '#server/modules/registry/households/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { surnameOnly } from '../words.ts'

export interface OwnHousehold extends HouseholdKey {
  ref: string
}

/** The household that is the account's own. */
export async function findOwnHousehold(db: Db, userId: string): Promise<OwnHousehold | undefined> {
  const { rows } = await sql<OwnHousehold>`
    select h.county, h.id, h.ref
    from household_access a join household h on h.county = a.county and h.id = a.household_id
    where a.user_id = ${userId} and a.kind = 'own' and a.from_at <= now() and (a.until is null or a.until > now())
    order by a.from_at desc, h.id limit 1`.execute(db)
  return rows[0]
}

export interface OwnClue {
  cause: Cause
  level: RiskLevel
  state: string
  openedOn: string
  why: Localized
  assigneeName: string | null
  dueOn: string | null
}

export async function listOwnClues(db: Db, { county, id }: HouseholdKey): Promise<OwnClue[]> {
  const { rows } = await sql<OwnClue>`
    select c.cause, c.level, c.state, c.opened_on, c.why, d.name as assignee_name, c.due_on
    from clue c left join division d on d.code = c.assignee
    where c.county = ${county} and c.household_id = ${id} and c.closed_on is null
    order by c.level_rank, c.opened_on desc, c.id`.execute(db)
  return rows
}

type LookShown = z.infer<typeof Look>
interface LookRow {
  at: string
  name: string
  role: string
  area: number | null
  areaName: string | null
  areaLevel: z.infer<typeof Division>['level'] | null
  action: string
  purpose: string | null
}

/** Whoever looked at the household or did something about it, but for the household itself; newest first. */
export async function listLooks(
  db: Db,
  { ref }: OwnHousehold,
  userId: string,
  limit: number,
): Promise<LookShown[]> {
  const { rows } = await sql<LookRow>`
    select e.at, coalesce(u.name, e.actor_name) as name, e.actor_role as role, d.code as area, d.name as area_name,
      d.level as area_level, e.action, coalesce(e.detail ->> 'purpose', e.reason) as purpose
    from audit_entry e
    left join auth_user u on u.id = e.actor_id
    left join division d on d.code = e.actor_area
    where e.household_ref = ${ref}::uuid and e.outcome = 'done' and e.actor_id is distinct from ${userId}
    order by e.id desc limit ${limit}`.execute(db)
  return rows.map(showLook)
}

/** Files the household stood in and that were fetched; the last time each. Read by the work, once the household is known. */
export async function listExportLooks(
  db: Db,
  { county, id }: HouseholdKey,
  limit: number,
): Promise<LookShown[]> {
  const { rows } = await sql<LookRow>`
    select x.last_download_at as at, u.name, a.role, d.code as area, d.name as area_name, d.level as area_level,
      'exports.download' as action, x.purpose
    from export_item i
    join export x on x.id = i.export_id
    join auth_user u on u.id = x.requested_by
    join account a on a.user_id = x.requested_by
    join division d on d.code = x.requester_area
    where i.county = ${county} and i.household_id = ${id} and x.last_download_at is not null
    order by x.last_download_at desc limit ${limit}`.execute(db)
  return rows.map(showLook)
}

function showLook({ at, name, role, area, areaName, areaLevel, action, purpose }: LookRow): LookShown {
  const place =
    area === null || areaName === null || areaLevel === null
      ? null
      : { code: area, name: areaName, level: areaLevel }
  return { at, who: { name: surnameOnly(name), role, area: place }, action, purpose }
}
