import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { systemAuditor } from '#server/platform/audit.ts'
import { clockAt } from '#server/platform/clock.ts'
import { type Database, openDatabase, type PooledDatabase } from '#server/platform/database/db.ts'
import { ensureLoginRoles, openRoles } from '#server/platform/database/roles.ts'
import { openVault } from '#server/platform/keys/crypto.ts'
import { createLogger } from '#server/platform/log.ts'

export interface TestDatabase {
  database: PooledDatabase
  close(): Promise<void>
}

/** A migrated database of the test's own, cloned from the template that the global set-up made. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const admin = new URL(inject('databaseUrl'))
  const name = `test_${randomBytes(6).toString('hex')}`
  await administer(admin, `create database ${name} template ${inject('templateName')} strategy file_copy`)
  const own = new URL(admin)
  own.pathname = `/${name}`
  const database = openDatabase(own.href, { max: 6 })
  return {
    database,
    close: async () => {
      await database.close()
      await administer(admin, `drop database ${name} with (force)`)
    },
  }
}

async function administer(url: URL, statement: string) {
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

export const testMasterKey = Buffer.alloc(32, 7)
export const testVault = openVault(testMasterKey)

/** The database as the server's own roles see it, with the rights the template gave them; close them before the database. */
export async function openTestRoles({ database }: TestDatabase) {
  const roles = openRoles(await ensureLoginRoles(database, testMasterKey), {
    app: 6,
    work: 4,
    auth: 3,
  })
  return { roles, close: () => Promise.all(Object.values(roles).map((role) => role.close())) }
}

/** The plain dependencies most operations take, on the demo's day. */
export function testDeps(database: Database, asOf = '2020-03-10') {
  return {
    database,
    work: database,
    audit: systemAuditor(),
    clock: clockAt(asOf),
    vault: testVault,
    log: createLogger('silent'),
  }
}
