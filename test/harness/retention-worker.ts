import { assembleServices } from '#server/assembly.ts'
import { applyRetention } from '#server/modules/rights/retention/job.ts'
import { openDatabase } from '#server/platform/database/db.ts'
import { openTestRoles, testDeps } from './database.ts'
import { standStill } from './stand-still.ts'

/** `retention-worker.ts DATABASE-URL FILE-DIRECTORY RUN CHUNK MOST`: a process of its own for a test to kill; waits after so many chunks. */
const [url = '', fileDirectory = '', run = '', chunk = '1', most = '1'] = process.argv.slice(2)
let chunks = 0
const database = openDatabase(url)
const { roles, close } = await openTestRoles({ database, close: () => database.close() })
const deps = testDeps(roles.work)
const { retention } = assembleServices(deps.clock)
await applyRetention({ ...deps, retention, roles, fileDirectory }, run, {
  chunk: Number(chunk),
  onChunk: (rule, taken) => {
    console.log(`${rule} ${taken}`)
    chunks += 1
    if (chunks === Number(most)) standStill()
  },
})
console.log('done')
await close()
await database.close()
