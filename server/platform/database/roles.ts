import { ConfigError } from '#server/config.ts'
import { hmacSm3 } from '../hmac-sm3.ts'
import { type Database, openDatabase, type PooledDatabase } from './db.ts'

/** app answers requests, work runs jobs and commands, auth serves the sign-in; none of them owns a table. */
export const databaseRoles = ['app', 'work', 'auth'] as const
export type DatabaseRole = (typeof databaseRoles)[number]

/** How long one statement of a role may take; jobs have no limit. */
const statementTimeout: Record<DatabaseRole, string> = { app: '30s', work: '0', auth: '10s' }

/** Name of a sign-in role: another master key has others. */
function loginRoleName(masterKey: Buffer, role: DatabaseRole): string {
  return `shouwang_${hmacSm3(masterKey)('database-role-name').toString('hex').slice(0, 8)}_${role}`
}

export function loginRoleNames(masterKey: Buffer): Record<DatabaseRole, string> {
  const names = databaseRoles.map((role) => [role, loginRoleName(masterKey, role)])
  return Object.fromEntries(names) as Record<DatabaseRole, string>
}

/**
 * Makes the roles that sign in where they are missing, and gives the addresses to connect with. Names and passwords
 * are derived from the master key, so that every process of an installation finds them and nothing is stored.
 */
export async function ensureLoginRoles(
  owner: Database,
  masterKey: Buffer,
): Promise<Record<DatabaseRole, string>> {
  const derive = hmacSm3(masterKey)
  const addresses: [DatabaseRole, string][] = []
  for (const role of databaseRoles) {
    const name = loginRoleName(masterKey, role)
    const password = derive(`database-role:${role}`).toString('hex')
    await ensureLoginRole(owner, role, name, password)
    addresses.push([role, addressAs(owner.url, name, password)])
  }
  return Object.fromEntries(addresses) as Record<DatabaseRole, string>
}

async function ensureLoginRole(owner: Database, role: DatabaseRole, name: string, password: string) {
  const { rowCount } = await owner.pool.query('select from pg_roles where rolname = $1', [name])
  if (rowCount) return
  // Only letters, digits and underscores: names and passwords are hexadecimal.
  const statement = `create role ${name} login password '${password}'`
  try {
    await owner.pool.query(statement)
    await owner.pool.query(`alter role ${name} set statement_timeout = '${statementTimeout[role]}'`)
    // To hand a schema over to a role one must be its member; a superuser is already.
    await owner.pool.query(`grant ${name} to current_user`)
  } catch (cause) {
    if (isDuplicate(cause)) return
    throw new ConfigError(
      `The database role ${name} is missing and could not be made: the user of DATABASE_URL needs CREATEROLE, for the first ` +
        'start only.',
      { cause },
    )
  }
}

/** Takes the roles of a master key that is no longer good out of this database, and away where no other still knows them. */
export async function dropLoginRoles(owner: Database, masterKey: Buffer): Promise<void> {
  for (const name of Object.values(loginRoleNames(masterKey))) {
    const { rowCount } = await owner.pool.query('select from pg_roles where rolname = $1', [name])
    if (!rowCount) continue
    await owner.pool.query(`drop owned by ${name}`)
    try {
      await owner.pool.query(`drop role ${name}`)
    } catch (error) {
      if (!isInUse(error)) throw error
    }
  }
}

const isInUse = (error: unknown) => error instanceof Error && 'code' in error && error.code === '2BP01'
const isDuplicate = (error: unknown) =>
  error instanceof Error && 'code' in error && (error.code === '42710' || error.code === '23505')

function addressAs(owner: string, name: string, password: string): string {
  const url = new URL(owner)
  url.username = name
  url.password = password
  return url.href
}

/** A database each for requests, for work and for the sign-in. */
export function openRoles(
  addresses: Record<DatabaseRole, string>,
  sizes: Record<DatabaseRole, number> = { app: 12, work: 8, auth: 4 },
): Record<DatabaseRole, PooledDatabase> {
  const open = (role: DatabaseRole) =>
    openDatabase(addresses[role], { max: sizes[role], pipeline: role === 'app' })
  return { app: open('app'), work: open('work'), auth: open('auth') }
}
