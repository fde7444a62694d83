import { applyRetention } from '#server/modules/rights/retention-job.ts'
import { openDatabase } from '#server/platform/db.ts'
import { openTestRoles, testDeps } from './database.ts'

/** `retention-worker.ts DATABASE-URL FILE-DIRECTORY RUN CHUNK`: a process of its own that a test can kill; tells how far it is. */
const [url = '', fileDirectory = '', run = '', chunk = '1'] = process.argv.slice(2)
const database = openDatabase(url)
const { roles, close } = await openTestRoles({ database, close: () => database.close() })
await applyRetention({ ...testDeps(roles.work), roles, fileDirectory }, run, {
  chunk: Number(chunk),
  onChunk: (rule, taken) => console.log(`${rule} ${taken}`),
})
console.log('done')
await close()
await database.close()
