import { createReadStream, readFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { assembleIntake } from '#server/assembly.ts'
import { importFile } from '#server/modules/intake/index.ts'
import { systemAuditor } from '#server/platform/audit.ts'
import { clockAt } from '#server/platform/clock.ts'
import { openDatabase } from '#server/platform/database/db.ts'
import { openVault } from '#server/platform/keys/crypto.ts'
import { createLogger } from '#server/platform/log.ts'

export interface Imported {
  seconds: number
  peakRssMb: number
  state: string
  /** Stage → milliseconds. */
  stages: Record<string, number>
  newSignals: number
  newClues: number
}

/** `one-file.ts FEED FILE DAY PERIOD-TO FILE-DIRECTORY`, database in BENCH_URL: imports, then prints what it took. */
async function main([feed = '', file = '', day = '', periodTo = '', fileDirectory = '']: string[]) {
  const database = openDatabase(process.env.BENCH_URL ?? '')
  const clock = clockAt(day)
  const deps = {
    database,
    clock,
    vault: openVault(Buffer.alloc(32, 9)),
    log: createLogger('silent'),
    fileDirectory,
    intake: assembleIntake(clock),
    audit: systemAuditor(),
    work: database,
  }
  const start = performance.now()
  const source = { name: path.basename(file), body: createReadStream(file) }
  const { ref, state } = await importFile(deps, source, { feed, periodTo })
  const seconds = (performance.now() - start) / 1000
  const { rows } = await sql<Pick<Imported, 'stages' | 'newSignals' | 'newClues'>>`
    select stage_times as stages, new_signals, new_clues from batch where ref = ${ref}::uuid`.execute(
    database.db,
  )
  const peakRssMb = peakOfThisProcess()
  await database.close()
  const [batch] = rows
  if (!batch) throw new Error(`batch ${ref} is missing`)
  const imported: Imported = { seconds, peakRssMb, state, ...batch }
  console.log(JSON.stringify(imported))
}

/** The kernel's high-water mark of this program; `maxRSS` would count what the parent had when it forked. */
function peakOfThisProcess(): number {
  const [, kilobytes = '0'] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
  return Math.round(Number(kilobytes) / 1024)
}

await main(process.argv.slice(2))
