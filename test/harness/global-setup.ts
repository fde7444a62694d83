import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { loadDivisions } from '#server/modules/divisions/index.ts'
import { openDatabase } from '#server/platform/database/db.ts'
import { startEmbeddedPostgres } from '#server/platform/database/embedded-postgres.ts'
import { migrate } from '#server/platform/database/migrations.ts'
import { prepareRoles } from '#server/platform/database/rights/prepare-roles.ts'
import { schemaParts } from '#server/schema.ts'

/** The same as the tests' own master key, so that every clone has its roles. */
const templateKey = Buffer.alloc(32, 7)

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string
    templateName: string
  }
}

/** One server for the whole run (DATABASE_URL, or an embedded one in a temporary folder) and one migrated template in it. */
export async function setup(project: TestProject) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-test-'))
  const server = process.env.DATABASE_URL
    ? undefined
    : await startEmbeddedPostgres(folder, { durable: false })
  const databaseUrl = server?.url ?? process.env.DATABASE_URL ?? ''
  const templateName = `template_${process.pid}`
  await administer(databaseUrl, `create database ${templateName}`)
  const url = new URL(databaseUrl)
  url.pathname = `/${templateName}`
  const database = openDatabase(url.href)
  await migrate(database, schemaParts)
  await prepareRoles(database, templateKey, schemaParts)
  await loadDivisions(database)
  await database.close()
  project.provide('databaseUrl', databaseUrl)
  project.provide('templateName', templateName)
  return async () => {
    await administer(databaseUrl, `drop database ${templateName} with (force)`)
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function administer(databaseUrl: string, statement: string) {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(statement)
  await client.end()
}
