import { sql } from 'kysely'
import pg from 'pg'
import type { Database, Db, PooledDatabase } from './db.ts'
import { type RequestDatabase, requestDatabase } from './request-database.ts'

/** What a request may see, enforced by row-level security on top of what its operation asks for. */
export interface DatabaseScope {
  /** Villages whose households it sees: inclusive range of 12-digit codes; `from > to` sees none. */
  from: number
  to: number
  /** Set where only households given to that account are seen. */
  holder: string | null
  user: string
  /** The account's area, for files, accounts and coverage: inclusive range of division codes. */
  area: { from: number; to: number }
  /** Feeds whose files it sees; null for all. */
  feeds: readonly string[] | null
  /** Whether it reads the audit. */
  audit: boolean
}

/**
 * The database as one account sees it. Every transaction begins with the account's scope, told with `set local`: it ends with
 * the transaction, on whatever connection that was, and a transaction that was told nothing sees nothing. Households given to an
 * account are looked up by `work` and told like the rest, so that no policy reads another table.
 */
export function scopedDatabase(
  app: PooledDatabase,
  work: Pick<Database, 'db'>,
  scope: DatabaseScope,
): RequestDatabase {
  const always = {
    scope_from: String(scope.from),
    scope_to: String(scope.to),
    scope_account: scope.user,
    area_from: String(scope.area.from),
    area_to: String(scope.area.to),
    scope_feeds: scope.feeds === null ? '' : scope.feeds.join(',') || '-',
    scope_audit: scope.audit ? 'on' : '',
  }
  const { holder } = scope
  if (holder === null) {
    const beginning = beginWith(always)
    return requestDatabase(app, async () => beginning)
  }
  // Asked again with every transaction: what is given for an hour ends within it.
  return requestDatabase(app, async () =>
    beginWith({ ...always, ...(await householdsGivenTo(work, holder)) }),
  )
}

/**
 * Lets the rest of the running transaction see every household: for its last step alone, which brings up to date what follows from the
 * rows that were changed within the scope.
 */
export async function lookEverywhere(db: Db): Promise<void> {
  await sql`set local shouwang.scope_from = '0'; set local shouwang.scope_to = '999999999999';
    set local shouwang.scope_limited = ''`.execute(db)
}

/** Not `set_config`: that is a query like any other, and a cluster does not pass it on to the machines that hold the rows. */
function beginWith(settings: Record<string, string>): string {
  const told = Object.entries(settings).filter(([, value]) => value !== '')
  return [
    'begin',
    ...told.map(([name, value]) => `set local shouwang.${name} = ${pg.escapeLiteral(value)}`),
  ].join('; ')
}

async function householdsGivenTo({ db }: Pick<Database, 'db'>, account: string) {
  const { rows } = await sql<{ keys: string; refs: string }>`
    select coalesce(string_agg(distinct household_key(a.county, a.household_id)::text, ','), '') as keys,
      coalesce(string_agg(distinct h.ref::text, ','), '') as refs
    from household_access a join household h on h.county = a.county and h.id = a.household_id
    where a.user_id = ${account} and a.from_at <= now() and (a.until is null or a.until > now())`.execute(db)
  const { keys = '', refs = '' } = rows[0] ?? {}
  return { scope_limited: 'on', scope_households: `{${keys}}`, scope_household_refs: `{${refs}}` }
}
