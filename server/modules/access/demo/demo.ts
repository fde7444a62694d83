import { sql } from 'kysely'
import { type Database, type Db, inTransaction } from '#server/platform/database/db.ts'
import { ensureAccounts } from '../accounts/ensure-accounts.ts'
import type { Identity } from '../sign-in/identity.ts'
import { demoAccounts, needsSecondFactor } from './demo-accounts.ts'

/** The demonstration's accounts, each with its second factor enrolled. */
export async function ensureDemoAccounts(identity: Identity): Promise<void> {
  await ensureAccounts(identity, demoAccounts)
  const guarded = demoAccounts.filter(needsSecondFactor).map(({ username }) => username)
  await inTransaction(identity.database, async (session) => {
    const { rows } = await sql<{ id: string; username: string }>`
      select u.id, u.username from auth_user u where u.username = any(${guarded}) and not exists (
        select from auth_two_factor f where f.user_id = u.id and f.shown_to_all)`.execute(session.db)
    for (const { id, username } of rows) await identity.enrolDemo(session, id, username)
  })
}

/**
 * Grants the demonstration's helper the first fifteen households of a village of its township (where it has fewer, some of the
 * next), and the household account one household of that township, with an open clue if there is one; the village's people move to
 * the helper's village. Run by the work role after the data are there; what was granted once is left alone.
 */
export function grantDemoHouseholds(database: Database): Promise<void> {
  return inTransaction(database, async ({ db }) => {
    const { rows } = await sql<{
      county: number
      householdId: number
      village: number
      kind: 'helper' | 'own'
    }>`
      with near as (
        select h.county, h.id as household_id, h.village, exists (
          select from clue c where c.county = h.county and c.household_id = h.id and c.closed_on is null) as flagged
        from household h where h.village between ${township} and ${township + 999} and h.closed_on is null
      )
      (select county, household_id, village, 'helper' as kind from near
       order by village <> (select village from near group by village order by count(*) desc, village limit 1),
         household_id
       limit 15)
      union all
      (select county, household_id, village, 'own' from near order by flagged desc, household_id limit 1)`.execute(
      db,
    )
    const accounts = { helper: 'chengguan-bangfu', own: 'chengguan-nonghu' } as const
    for (const kind of ['helper', 'own'] as const) {
      const own = rows.filter((row) => row.kind === kind)
      await sql`
        insert into household_access (county, household_id, village, user_id, kind, reason)
        select g.county, g.household_id, g.village, u.id, ${kind}, '演示'
        from unnest(${own.map(({ county }) => county)}::int[], ${own.map(({ householdId }) => householdId)}::bigint[],
          ${own.map(({ village }) => village)}::bigint[]) as g (county, household_id, village) join auth_user u
          on u.username = ${accounts[kind]}
        where not exists (select from household_access a where a.user_id = u.id)`.execute(db)
    }
    const villageOf = (kind: 'helper' | 'own') => rows.find((row) => row.kind === kind)?.village
    await placeAt(db, ['chengguan-cun', 'chengguan-duiyuan'], villageOf('helper'))
    await placeAt(db, [accounts.own], villageOf('own'))
  })
}

const township = 341_221_001_000

async function placeAt(db: Db, usernames: readonly string[], village: number | undefined) {
  if (village === undefined) return
  await sql`update account set area = ${village} where user_id in (
    select u.id from auth_user u where u.username = any(${usernames})) and not exists (
    select from household_access a where a.user_id = account.user_id and a.from_at < now())`.execute(db)
}
