import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { openDatabase } from '#server/platform/database/db.ts'
import { startEmbeddedPostgres } from '#server/platform/database/embedded-postgres.ts'
import { migrate } from '#server/platform/database/migrations.ts'
import { describeTypes } from './describe-types.ts'

// npm run db:types: migrates an empty database and writes the types of its tables.
const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-types-'))
const server = await startEmbeddedPostgres(folder, { durable: false })
const database = openDatabase(server.url)
await migrate(database)
writeFileSync(
  path.resolve(import.meta.dirname, '../server/platform/database/database-types.ts'),
  await describeTypes(database.pool),
)
await database.close()
await server.stop()
rmSync(folder, { recursive: true, force: true })
