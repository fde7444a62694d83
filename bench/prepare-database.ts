import type { Database } from '#server/platform/database/db.ts'
import { migrate } from '#server/platform/database/migrations.ts'
import { prepareRoles } from '#server/platform/database/rights/prepare-roles.ts'
import type { DatabaseRole } from '#server/platform/database/roles.ts'
import { schemaParts } from '#server/schema.ts'

export const masterKey = Buffer.alloc(32, 9)

/** Makes the tables and the rights as a start of the server does; answers where each of its roles connects. */
export async function prepareDatabase(owner: Database): Promise<Record<DatabaseRole, string>> {
  await migrate(owner, schemaParts)
  return prepareRoles(owner, masterKey, schemaParts)
}
