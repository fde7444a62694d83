import { startEmbeddedPostgres } from '#server/platform/embedded-postgres.ts'
import { openDatabase } from '#server/platform/db.ts'
import { migrate } from '#server/platform/migrations.ts'
const s = await startEmbeddedPostgres('/tmp/sqlcheck-pg', { durable: false })
const d = openDatabase(s.url); await migrate(d); await d.close()
console.log(s.url)
setInterval(()=>{}, 1e6)
