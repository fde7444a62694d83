import { mkdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { playDemoWork } from '#demo/play/play.ts'
import {
  demoAccounts,
  ensureDemoAccounts,
  grantDemoHouseholds,
  openIdentity,
} from '#server/modules/access/index.ts'
import { anchorFileIn, fileAnchors, startSealing } from '#server/modules/audit/index.ts'
import { loadDivisions } from '#server/modules/divisions/index.ts'
import { feedCodesOf, tableReader } from '#server/modules/intake/index.ts'
import { refuseUnfinishedRestore } from '#server/platform/backup/restore.ts'
import { dropUnusedSlot } from '#server/platform/backup/wal/wal-stream.ts'
import { lockData } from '#server/platform/data-lock.ts'
import { inSession } from '#server/platform/database/db.ts'
import { findEmbeddedPostgres } from '#server/platform/database/embedded-postgres.ts'
import { unwritableText } from '#server/platform/files/unwritable.ts'
import type { Services } from '#server/platform/http/rpc.ts'
import { type Jobs, startJobs } from '#server/platform/jobs.ts'
import { startKeyJobs } from '#server/platform/keys/key-jobs.ts'
import { outliveReaders } from '#server/platform/log.ts'
import { openPlatform, type Platform } from '#server/platform/platform.ts'
import { buildApp } from './app.ts'
import { assembleServices, securityLimits, startModules } from './assembly.ts'
import { startBackups } from './backups/start.ts'
import { startRemovingUnnamed } from './backups/unnamed-files.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { demoDay, ensureDemo } from './demo.ts'
import { startNight } from './night.ts'
import { schemaParts } from './schema.ts'
import { startTallies } from './tallies.ts'
import { startWorkers, type Workers } from './worker/start-workers.ts'

const preparing = 71_006
const print = (text: string) => process.stdout.write(`${text}\n`)

async function main() {
  outliveReaders()
  const { values } = parseArgs({ options: { 'as-of': { type: 'string' } } })
  const environment = values['as-of'] ? { ...process.env, SHOUWANG_AS_OF: values['as-of'] } : process.env
  const read = readConfig(environment)
  const config = read.demo && !read.asOf ? { ...read, asOf: demoDay } : read

  mkdirSync(config.dataDirectory, { recursive: true, mode: 0o700 })
  refuseUnfinishedRestore(config.dataDirectory)
  lockData(config.dataDirectory)
  print('守望 Shouwang: opening the database …')
  const platform = await openPlatform(config, schemaParts)
  let stop = async () => platform.close()
  let stopping = false
  const leave = async () => {
    if (stopping) return
    stopping = true
    print('Stopping …')
    await stop()
    process.exit(0)
  }
  process.on('SIGINT', leave)
  process.on('SIGTERM', leave)

  try {
    await loadDivisions(platform.database)
    if (config.demo) await oneAfterAnother(platform, () => seed(platform, config))
    const jobs = await startJobs(platform.database.url, platform.log)
    const sealer = startSealing({
      ...platform,
      anchors: fileAnchors(anchorFileIn(config.dataDirectory), {
        signer: platform.keyRing.signer,
        copyTo: config.anchorCopy,
      }),
    })
    const workers = startWorkers(platform, config)
    const embedded = findEmbeddedPostgres(config.dataDirectory)
    if (!config.backup && !config.databaseUrl && embedded) await dropUnusedSlot(embedded)
    const backups = config.backup && startBackups(platform)
    const closeHouse = async () => {
      await Promise.all([jobs.stop(), workers.stop()])
      await sealer.stop()
      await backups?.stop()
      await platform.close()
    }
    stop = closeHouse
    // Whoever hears an answer finds all of it up: it listens last.
    const app = await serve(platform, config, jobs, workers)
    stop = async () => {
      await app.close()
      await closeHouse()
    }
  } catch (error) {
    // Ctrl-C in the middle of the seeding closes the database under it; that is no failure.
    if (stopping) return
    await stop()
    throw error
  }
}

/** Servers that start at once on one database prepare it in turn: the second finds what the first made. */
async function oneAfterAnother(platform: Platform, work: () => Promise<void>) {
  await inSession(platform.database, async ({ client }) => {
    await client.query('select pg_advisory_lock($1)', [preparing])
    await work().finally(() => client.query('select pg_advisory_unlock($1)', [preparing]))
  })
}

async function seed(platform: Platform, config: Config) {
  const { dataDirectory, demoHouseholds: households, asOf = demoDay } = config
  await ensureDemo(platform, { dataDirectory, households, asOf }, ({ done, of, file, state }) => {
    const line = `  demonstration ${done}/${of} ${state} ${file}`
    if (process.stdout.isTTY) process.stdout.write(`\r\u001b[2K${line}${done === of ? '\n' : ''}`)
    else if (done === 1 || done === of || done % 25 === 0) print(line)
  })
}

async function serve(platform: Platform, config: Config, jobs: Jobs, { fileWork }: Workers) {
  const limits = securityLimits(platform.clock)
  const identity = openIdentity(platform.roles.auth, {
    secret: platform.keyRing.sessionSecret,
    publicUrl: config.publicUrl,
    limits,
    singleSignOn: config.singleSignOn,
  })
  const accounts = config.demo ? demoAccounts : []
  if (config.demo) {
    await oneAfterAnother(platform, async () => {
      await ensureDemoAccounts(identity)
      await grantDemoHouseholds(platform.database)
      await playDemoWork(platform, config.asOf ?? demoDay)
    })
  }

  const services: Services = {
    ...platform,
    ...{ identity, jobs, fileWork },
    ...assembleServices(platform.clock),
    readTable: tableReader(platform),
    feedsOf: feedCodesOf,
    demo: config.demo,
    backups: config.databaseUrl ? 'own-tools' : config.backup ? 'server' : 'by-hand',
  }
  const house = { services, jobs, limits, dataDirectory: config.dataDirectory }
  await startKeyJobs(platform, jobs)
  await startModules(house)
  await startNight(house)
  await startTallies(house)
  await startRemovingUnnamed(platform, jobs)

  const telemetry = await watchFromOutside(config, services)

  const app = await buildApp(services, identity, {
    trustedProxies: config.trustedProxies,
    publicUrl: config.publicUrl,
    shared: config.databaseUrl !== undefined,
    limits: { requestsPerMinute: config.requestsPerMinute },
  })
  const address = await app.listen({ port: config.port, host: config.host })
  print(`\n  ${address}   (${platform.clock.today()})\n`)
  for (const { title, username, password } of accounts) print(`  ${title.zh}\t${username}\t${password}`)
  if (accounts.length > 0) print('')
  return {
    async close() {
      await app.close()
      await telemetry?.stop()
    },
  }
}

/** Its packages are loaded only where somebody wants to see. */
async function watchFromOutside({ telemetry }: Config, services: Services) {
  if (!telemetry) return undefined
  const { startTelemetry } = await import('./telemetry.ts')
  return startTelemetry(telemetry, services)
}

main().catch((error) => {
  process.stderr.write(`${explain(error)}\n`)
  process.exit(1)
})

function explain(error: Error & { code?: string; port?: number }): string {
  if (error.code === 'EADDRINUSE') {
    return `Port ${error.port} is taken by another program. Choose one with PORT, for example: PORT=8081 npm start`
  }
  if (error instanceof ConfigError) return error.message
  return unwritableText(error, process.env.SHOUWANG_DATA ?? '.shouwang') ?? error.stack ?? String(error)
}
