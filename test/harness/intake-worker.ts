import { assembleIntake } from '#server/assembly.ts'
import { processBatch } from '#server/modules/intake/pipeline/process-batch.ts'
import { openDatabase } from '#server/platform/database/db.ts'
import { testDeps } from './database.ts'
import { standStill } from './stand-still.ts'

/** `intake-worker.ts DATABASE-URL FILE-DIRECTORY BATCH [STAGE]`: a process of its own that a test can kill; tells its stages, and waits at one. */
const [url = '', fileDirectory = '', batch = '', until = ''] = process.argv.slice(2)
const database = openDatabase(url)
const base = testDeps(database)
const deps = { ...base, fileDirectory, intake: assembleIntake(base.clock) }
console.log('ready')
const state = await processBatch(deps, Number(batch), ({ stage }) => {
  console.log(stage)
  if (stage === until) standStill()
})
console.log(state)
await database.close()
