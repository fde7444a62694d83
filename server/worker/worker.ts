import { fileWorkHere } from '#server/modules/intake/index.ts'
import { systemAuditor } from '#server/platform/audit.ts'
import { clockAt, systemClock } from '#server/platform/clock.ts'
import { openDatabase } from '#server/platform/database/db.ts'
import { openKeyRing } from '#server/platform/keys/key-ring.ts'
import { createLogger } from '#server/platform/log.ts'
import { serveTasks } from '#server/platform/processes/serve-tasks.ts'
import { assembleIntake } from '../assembly.ts'

/** What the process of heavy work is opened with: the server's address of the work role and its master key. */
export interface WorkerOpening {
  databaseUrl: string
  masterKey: Uint8Array
  asOf: string | undefined
  /** Where the server's clock stands: a demonstration's has gone on since it began. */
  now: number
  fileDirectory: string
  logLevel: string
}

serveTasks<WorkerOpening>(async ({ databaseUrl, masterKey, asOf, now, fileDirectory, logLevel }) => {
  const database = openDatabase(databaseUrl)
  const keyRing = await openKeyRing(database, Buffer.from(masterKey))
  const clock = asOf ? clockAt(asOf, now) : systemClock()
  const files = fileWorkHere({
    ...{ database, clock, fileDirectory },
    work: database,
    vault: keyRing.vault,
    log: createLogger(logLevel),
    intake: assembleIntake(clock),
    audit: systemAuditor(),
  })
  return {
    inspect: (input) => {
      const { ref, fileName } = input as { ref: string; fileName: string }
      return files.inspect(ref, fileName)
    },
    process: (input) => files.process((input as { batchId: number }).batchId),
  }
})
