import { sql } from 'kysely'
import type { Role } from '#contract/access/capabilities.ts'
import type { Department } from '#contract/common.ts'
import { type Db, inTransaction } from '#server/platform/database/db.ts'
import type { Identity } from '../sign-in/identity.ts'

export interface NewAccount {
  username: string
  password: string
  name: string
  role: Role
  area: number
  department: Department | null
}

/** Makes the sign-in and the account of each that is missing, in one transaction; answers the ids of the new ones in order. */
export function ensureAccounts(identity: Identity, accounts: readonly NewAccount[]): Promise<string[]> {
  return inTransaction(identity.database, async (session) => {
    const { rows } = await sql<{ username: string }>`
      select username from auth_user where username = any(${accounts.map(({ username }) => username)})`.execute(
      session.db,
    )
    const known = new Set(rows.map(({ username }) => username))
    const missing = accounts.filter(({ username }) => !known.has(username))
    const ids = await identity.create(session, missing)
    await insertAccounts(
      session.db,
      missing.map((account, i) => ({ ...account, userId: ids[i] ?? '' })),
      { createdBy: null, mustChangePassword: false },
    )
    return ids
  })
}

export async function insertAccounts(
  db: Db,
  accounts: readonly (Omit<NewAccount, 'password'> & { userId: string })[],
  { createdBy, mustChangePassword }: { createdBy: string | null; mustChangePassword: boolean },
): Promise<void> {
  if (accounts.length === 0) return
  const each = <T>(what: (account: (typeof accounts)[number]) => T) => accounts.map(what)
  await sql`
    insert into account (user_id, role, area, department, created_by, must_change_password)
    select a.*, ${createdBy}, ${mustChangePassword}::boolean
    from unnest(${each(({ userId }) => userId)}::text[], ${each(({ role }) => role)}::text[],
      ${each(({ area }) => area)}::bigint[], ${each(({ department }) => department)}::text[]) a`.execute(db)
}
