import { sql } from 'kysely'
import type { Role } from '#contract/capabilities.ts'
import type { Department } from '#contract/common.ts'
import type { Database, Db } from '#server/platform/db.ts'
import { inTransaction } from '#server/platform/db.ts'
import { demoAccounts, needsSecondFactor } from './demo-accounts.ts'
import type { Identity } from './identity.ts'

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
  const rows = accounts.map(({ userId, role, area, department }) => ({
    ...{ userId, role, area, department },
    ...{ createdBy, mustChangePassword },
  }))
  if (rows.length > 0) await db.insertInto('account').values(rows).execute()
}

/** The demonstration's accounts, each with its second factor enrolled. */
export async function ensureDemoAccounts(identity: Identity): Promise<void> {
  await ensureAccounts(identity, demoAccounts)
  const guarded = demoAccounts.filter(needsSecondFactor).map(({ username }) => username)
  await inTransaction(identity.database, async (session) => {
    const { rows } = await sql<{ id: string; username: string }>`
      select id, username from auth_user where username = any(${guarded}) and not two_factor_enabled`.execute(
      session.db,
    )
    for (const { id, username } of rows) await identity.enrolDemo(session, id, username)
  })
}

/**
 * Gives the demonstration's helper the first twelve households of a village of the township, and its household account one
 * household of its village, with an open clue if there is one. Run by the work role after the data are there.
 */
export async function giveDemoHouseholds({ db }: Database): Promise<void> {
  await sql`
    with helper as (
      select u.id, a.area from auth_user u join account a on a.user_id = u.id where u.username = 'chengguan-bangfu'
    ), first_village as (
      select min(h.village) as village from household h, helper
      where h.village between helper.area and helper.area + 999 and h.closed_on is null
    ), resident as (
      select u.id, a.area from auth_user u join account a on a.user_id = u.id where u.username = 'chengguan-nonghu'
    ), given as (
      (select h.county, h.id as household_id, helper.id as user_id, 'helper' as kind
       from household h, helper, first_village
       where h.village = first_village.village and h.closed_on is null order by h.id limit 12)
      union all
      (select h.county, h.id, resident.id, 'own' from household h join resident on h.village = resident.area
       where h.closed_on is null
       order by exists (
         select from clue c where c.county = h.county and c.household_id = h.id and c.state <> 'cleared') desc, h.id
       limit 1)
    )
    insert into household_access (county, household_id, user_id, kind, reason)
    select county, household_id, user_id, kind, '演示' from given
    where not exists (select from household_access a where a.user_id = given.user_id)`.execute(db)
}
