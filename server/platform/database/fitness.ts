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
  ETIMEDOUT: 'it does not answer. Check the network and the firewall between here and there.',
  '28P01': 'it refuses the password. Correct user and password in DATABASE_URL.',
  '28000': 'it lets this user in from nowhere here. Add a line to its pg_hba.conf, or correct DATABASE_URL.',
  '3D000': 'there is no database of that name. Create it, or correct the name in DATABASE_URL.',
  '53300': 'it has no connection left. Raise max_connections, or close what else uses it.',
  '57P03': 'it is starting or stopping. Try again in a moment.',
}

/** Refuses a database the platform cannot live on, before anything is written there. Throws `ConfigError`. */
export async function refuseUnfit(owner: Database): Promise<void> {
  const { version, mayCreate, database } = await look(owner)
  if (Math.floor(version / 10_000) < oldest)
    throw new ConfigError(
      `The database is PostgreSQL ${Math.floor(version / 10_000)}; the platform needs ${oldest} or newer. Nothing was changed in it.`,
    )
  if (!mayCreate)
    throw new ConfigError(
      `The user of DATABASE_URL may not make tables in the database ${database}: as its owner, run ` +
        `"grant create on schema public to" that user, or name the owner in DATABASE_URL. Nothing was changed in it.`,
    )
}

async function look(owner: Database) {
  try {
    const { rows } = await owner.pool.query<{ version: number; mayCreate: boolean; database: string }>(
      `select current_setting('server_version_num')::int as version, current_database() as database,
         has_schema_privilege('public', 'create') as "mayCreate"`,
    )
    return rows[0] ?? { version: 0, mayCreate: false, database: '' }
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    const reason = reasons[code]
    if (!reason) throw cause
    throw new ConfigError(`The database at ${placeOf(owner.url)} cannot be used: ${reason}`, { cause })
  }
}

/** Where a database is, without the password that leads there. */
function placeOf(url: string): string {
  const { hostname, port, pathname } = new URL(url)
  return `${hostname}:${port || 5432}${pathname}`
}
