import { type RawBuilder, sql } from 'kysely'
import type { AccountFilter, AccountSort, AccountState } from '#contract/access/accounts.ts'
import type { Role } from '#contract/access/capabilities.ts'
import type { Department, Division } from '#contract/common.ts'
import { type AreaScope, areaScope } from '#server/modules/divisions/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import type { Standing } from '../rules.ts'

export interface StoredAccount extends Standing {
  username: string
  name: string
  role: Role
  department: Department | null
  state: AccountState
  areaName: string
  areaLevel: Division['level']
  secondFactor: boolean
  mustChangePassword: boolean
  signedInAt: string | null
  createdAt: string
  createdBy: string | null
  suspendedAt: string | null
  suspendedBy: string | null
  suspendedReason: string | null
}

const columns = sql`a.user_id, u.username, u.name, a.role, a.area, d.name as area_name, d.level as area_level,
  a.department,
  a.state, u.two_factor_enabled as second_factor, a.must_change_password, a.signed_in_at, a.created_at,
  c.username as created_by,
  a.suspended_at, s.username as suspended_by, a.suspended_reason`
const source = sql`account a join auth_user u on u.id = a.user_id join division d on d.code = a.area
  left join auth_user c on c.id = a.created_by left join auth_user s on s.id = a.suspended_by`

function conditions(scope: AreaScope, filter: AccountFilter): RawBuilder<unknown> {
  const all = [sql`a.area between ${scope.from} and ${scope.to}`]
  if (filter.area !== undefined) {
    const { from, to } = areaScope(filter.area)
    all.push(sql`a.area between ${from} and ${filter.exact ? from : to}`)
  }
  if (filter.role) all.push(sql`a.role = any(${filter.role})`)
  if (filter.state) all.push(sql`a.state = ${filter.state}`)
  if (filter.q) {
    const plain = filter.q.replaceAll(/[\\%_]/g, '\\$&')
    all.push(sql`(u.username like ${`${plain.toLowerCase()}%`} or u.name like ${`%${plain}%`})`)
  }
  return sql.join(all, sql` and `)
}

export type AccountListing = AccountFilter & {
  page: number
  size: number
  sort?: AccountSort | undefined
  descending?: boolean | undefined
}

/** Accounts that never signed in come last either way: they are not what one looks for by time. */
const orders: Record<AccountSort | 'area', (way: RawBuilder<unknown>) => RawBuilder<unknown>> = {
  area: () => sql`a.area, a.role`,
  name: (way) => sql`u.name ${way}`,
  role: (way) => sql`a.role ${way}, a.area`,
  signedInAt: (way) => sql`a.signed_in_at ${way} nulls last`,
  createdAt: (way) => sql`a.created_at ${way}`,
}

export async function listAccounts(
  db: Db,
  scope: AreaScope,
  { page, size, sort, descending = false, ...filter }: AccountListing,
): Promise<{ rows: StoredAccount[]; total: number }> {
  const where = conditions(scope, filter)
  const { rows } = await sql<StoredAccount>`
    select ${columns} from ${source} where ${where} order by
      ${orders[sort ?? 'area'](sql.raw(descending ? 'desc' : 'asc'))}, u.username
    limit ${size} offset ${(page - 1) * size}`.execute(db)
  const { rows: counted } = await sql<{ total: number }>`
    select count(*) as total from account a join auth_user u on u.id = a.user_id where ${where}`.execute(db)
  return { rows, total: counted[0]?.total ?? 0 }
}

export async function findAccount(
  db: Db,
  scope: AreaScope,
  id: string,
  { forUpdate = false }: { forUpdate?: boolean } = {},
): Promise<StoredAccount | undefined> {
  const lock = forUpdate ? sql`for update of a` : sql``
  const { rows } = await sql<StoredAccount>`
    select ${columns} from ${source} where a.user_id = ${id} and ${conditions(scope, {})} ${lock}`.execute(db)
  return rows[0]
}

/** Active system administrators of the province other than `id`, locked so that two suspensions cannot both leave the other. */
export async function countOtherAdministrators(db: Db, province: number, id: string): Promise<number> {
  const { rows } = await sql`
    select user_id from account where role = 'system-admin' and area = ${province} and state = 'active'
    order by user_id for update`.execute(db)
  return rows.filter((row) => (row as { userId: string }).userId !== id).length
}

export async function endSessions(db: Db, userId: string): Promise<number> {
  const { rows } = await sql`delete from auth_session where user_id = ${userId} returning id`.execute(db)
  return rows.length
}
