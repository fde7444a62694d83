import type { Database } from '../db.ts'
import { type DatabaseRole, ensureLoginRoles, loginRoleNames } from '../roles.ts'
import { grantRights } from './rights.ts'
import type { SchemaPart } from './tables.ts'

/**
 * Makes the roles that sign in and gives them their rights; answers where each connects. Only for whoever has proved that the
 * master key is the database's: rights follow the key.
 */
export async function prepareRoles(
  owner: Database,
  masterKey: Buffer,
  parts: readonly SchemaPart[],
): Promise<Record<DatabaseRole, string>> {
  const addresses = await ensureLoginRoles(owner, masterKey)
  await grantRights(owner, parts, loginRoleNames(masterKey))
  return addresses
}
