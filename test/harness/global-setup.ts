import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { loadDivisions } from '#server/modules/divisions/index.ts'
import { openDatabase } from '#server/platform/database/db.ts'
import {
  initialiseEmbeddedPostgres,
  startEmbeddedPostgres,
} from '#server/platform/database/embedded-postgres.ts'
import { migrate } from '#server/platform/database/migrations.ts'
import { prepareRoles } from '#server/platform/database/rights/prepare-roles.ts'
import { schemaParts } from '#server/schema.ts'
import { copyCluster } from './copy-cluster.ts'

/** The same as the tests' own master key, so that every clone has its roles. */
const templateKey = Buffer.alloc(32, 7)

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string
    templateName: string
    /** Where a cluster lies that was never started, once one was made; see `freshCluster`. */
    clusterFolder: string
  }
}

/** One server for the whole run (DATABASE_URL, or an embedded one in a temporary folder) and one migrated template in it. */
export async function setup(project: TestProject) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-test-'))
  const clusterFolder = path.join(folder, 'cluster')
  const server = process.env.DATABASE_URL
    ? undefined
    : await startOwn(path.join(folder, 'own'), clusterFolder)
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
  project.provide('clusterFolder', clusterFolder)
  return async () => {
    await administer(databaseUrl, `drop database ${templateName} with (force)`)
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The run's own server; what it starts from is kept, for making it takes as long as ten starts. */
function startOwn(folder: string, clusterFolder: string) {
  initialiseEmbeddedPostgres(clusterFolder)
  copyCluster(clusterFolder, folder)
  return startEmbeddedPostgres(folder, { durable: false })
}

async function administer(databaseUrl: string, statement: string) {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(statement)
  await client.end()
}
