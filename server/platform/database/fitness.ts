import { ConfigError } from '#server/config.ts'
import type { Database } from './db.ts'

/** The oldest PostgreSQL whose SQL the platform speaks. */
const oldest = 18

/** What keeps a start from its database, by SQLSTATE or the network's word: one sentence that says what to do. */
const reasons: Record<string, string> = {
  ENOTFOUND: 'no machine of that name is known. Look for a slip in the host of DATABASE_URL.',
  EAI_AGAIN:
    'the name of its machine cannot be looked up now. Check the network, or give the address in numbers.',
  ECONNREFUSED: 'nothing listens there. Start PostgreSQL, or correct host and port in DATABASE_URL.',
  EHOSTUNREACH: 'its machine cannot be reached. Check the network, or correct the host in DATABASE_URL.',
  ENETUNREACH: 'its network cannot be reached. Check the network, or correct the host in DATABASE_URL.',
  ECONNRESET:
    'it ends the connection. Look whether it is PostgreSQL that listens there, and whether it wants TLS.',
  ETIMEDOUT: 'it does not answer. Check the network and the firewall between here and there.',
  '28P01': 'it refuses the password. Correct user and password in DATABASE_URL.',
  '28000': 'it lets this user in from nowhere here. Add a line to its pg_hba.conf, or correct DATABASE_URL.',
  '42501': 'this user may not connect to it. As its owner, run "grant connect on database" for that user.',
  '3D000': 'there is no database of that name. Create it, or correct the name in DATABASE_URL.',
  '53300': 'it has no connection left. Raise max_connections, or close what else uses it.',
  '57P03': 'it is starting or stopping. Try again in a moment.',
}

/**
 * Refuses a database the platform cannot live on, before anything is written there: `roles` are those it signs in as, made at the
 * first start. Throws `ConfigError`.
 */
export async function refuseUnfit(owner: Database, roles: readonly string[] = []): Promise<void> {
  const { version, mayCreate, mayCreateSchema, mayMakeRoles, database } = await look(owner, roles)
  if (Math.floor(version / 10_000) < oldest)
    throw new ConfigError(
      `The database is PostgreSQL ${Math.floor(version / 10_000)}; the platform needs ${oldest} or newer. Nothing was changed in it.`,
    )
  if (!mayCreate)
    throw new ConfigError(
      `The user of DATABASE_URL may not make tables in the database ${database}: as its owner, run ` +
        `"grant create on schema public to" that user, or name the owner in DATABASE_URL. Nothing was changed in it.`,
    )
  if (!mayCreateSchema)
    throw new ConfigError(
      `The user of DATABASE_URL may not make schemas in the database ${database}: as its owner, run ` +
        `"grant create on database ${database} to" that user, or name the owner in DATABASE_URL. Nothing was changed in it.`,
    )
  if (!mayMakeRoles)
    throw new ConfigError(
      'The user of DATABASE_URL may not make the roles the platform signs in as: as a superuser, run "alter role … createrole" ' +
        'for that user; it is needed for the first start only. Nothing was changed in the database.',
    )
}

interface Fitness {
  version: number
  database: string
  mayCreate: boolean
  mayCreateSchema: boolean
  mayMakeRoles: boolean
}

async function look(owner: Database, roles: readonly string[]): Promise<Fitness> {
  try {
    const { rows } = await owner.pool.query<Fitness>(
      `select current_setting('server_version_num')::int as version, current_database() as database,
         has_schema_privilege('public', 'create') as "mayCreate",
         has_database_privilege(current_database(), 'create')
           or (select count(*) = 2 from pg_namespace where nspname in ('intake', 'jobs')) as "mayCreateSchema",
         (select rolsuper or rolcreaterole from pg_roles where rolname = current_user)
           or (select count(*) from pg_roles where rolname = any ($1)) = cardinality($1::text[]) as "mayMakeRoles"`,
      [roles],
    )
    if (!rows[0]) throw new Error('a select without from gave no row')
    return rows[0]
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    const reason = reasons[code]
    if (!reason) throw cause
    throw new ConfigError(`The database at ${placeOf(owner.url)} cannot be used: ${reason}`, { cause })
  }
}

/** As far as clocks of a well-kept house differ. */
const toleratedMinutes = 10

/**
 * Refuses to go on where a clock stands before what was written last: days, deadlines and keys would be judged wrong. `here` is the
 * clock of this machine, or nothing where the platform lives on a day of its own. Throws `ConfigError`.
 */
export async function refuseClockBehind(owner: Database, here: Date | undefined): Promise<void> {
  const { rows } = await owner.pool.query<{ newest: Date | null; there: Date }>(
    `select now() as there, greatest(
       (select at from audit_entry order by id desc limit 1),
       (select max(made_at) from data_key), (select max(applied_at) from migration)) as newest`,
  )
  const { newest, there } = rows[0] ?? {}
  if (!newest || !there) return
  const limit = new Date(newest).getTime() - toleratedMinutes * 60_000
  const behind: [string, Date][] = [['the database server', new Date(there)]]
  if (here) behind.push(['this machine', here])
  for (const [whose, clock] of behind) {
    if (clock.getTime() >= limit) continue
    throw new ConfigError(
      `The clock of ${whose} is behind: it says ${clock.toISOString()}, and the newest record was written at ` +
        `${new Date(newest).toISOString()}. Set the clock right and start again; the keys are in order, and nothing was changed.`,
    )
  }
}

/** Where a database is, without the password that leads there. */
function placeOf(url: string): string {
  const { hostname, port, pathname } = new URL(url)
  return `${hostname}:${port || 5432}${pathname}`
}
