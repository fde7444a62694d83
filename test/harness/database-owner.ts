import { openDatabase } from '#server/platform/database/db.ts'
import { startEmbeddedPostgres } from '#server/platform/database/embedded-postgres.ts'

/** A process that owns a server with one row in it, until somebody ends it. */
const server = await startEmbeddedPostgres(process.argv[2] ?? '')
const database = openDatabase(server.url)
await database.pool.query('create table if not exists kept as select 1 as n')
process.on('SIGTERM', async () => {
  await database.close()
  await server.stop()
  process.exit(0)
})
process.send?.('started')
setInterval(() => undefined, 60_000)
