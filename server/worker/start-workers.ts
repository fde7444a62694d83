import { type FileWork, fileWorkBeside } from '#server/modules/intake/index.ts'
import { systemAuditor } from '#server/platform/audit.ts'
import type { Platform } from '#server/platform/platform.ts'
import { WorkerProcess } from '#server/platform/processes/worker-process.ts'
import { assembleIntake } from '../assembly.ts'
import { type Config, readMasterKey } from '../config.ts'
import type { WorkerOpening } from './worker.ts'

export interface Workers {
  fileWork: FileWork
  stop(): Promise<void>
}

/** Files are looked into and taken in by processes beside the server, started when there is something to do. */
export function startWorkers(platform: Platform, config: Config): Workers {
  // Read once: it changes only while no server runs, and a key file that is away for a moment holds up no batch.
  const masterKey = readMasterKey(config)
  const opening = (): WorkerOpening => ({
    databaseUrl: platform.roles.work.url,
    masterKey,
    asOf: config.asOf,
    now: platform.clock.now().getTime(),
    fileDirectory: platform.fileDirectory,
    logLevel: config.logLevel,
  })
  const options = { entry: new URL('./worker.ts', import.meta.url), opening, memoryMb: config.workerMemoryMb }
  const looking = new WorkerProcess(options)
  const taking = new WorkerProcess(options)
  const deps = {
    ...platform,
    work: platform.database,
    intake: assembleIntake(platform.clock),
    audit: systemAuditor(),
  }
  return {
    fileWork: fileWorkBeside(deps, { looking, taking }),
    stop: async () => {
      await Promise.all([looking.stop(), taking.stop()])
    },
  }
}
