import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { assembleServices, securityLimits } from '#server/assembly.ts'
import { openIdentity } from '#server/modules/access/index.ts'
import { feedCodesOf, tableReader } from '#server/modules/intake/index.ts'
import { clockAt } from '#server/platform/clock.ts'
import { openDatabase } from '#server/platform/database/db.ts'
import { startEmbeddedPostgres } from '#server/platform/database/embedded-postgres.ts'
import { openRoles } from '#server/platform/database/roles.ts'
import type { Services } from '#server/platform/http/rpc.ts'
import { startJobs } from '#server/platform/jobs.ts'
import { openKeyRing, prepareKeyRing } from '#server/platform/keys/key-ring.ts'
import { createLogger } from '#server/platform/log.ts'
import { callRoute, compareForeignWithAbsent, drive, routeNames } from '#test/leaks/drive.ts'
import { seeded } from '#test/leaks/random.ts'
import { buildWorld, collectMade } from '#test/leaks/world.ts'
import { type BenchFigures, type BenchOptions, median, print } from './options.ts'
import { masterKey, prepareDatabase } from './prepare-database.ts'

/**
 * Random accounts of every role over random areas ask every route at once over one pool of connections; every answer is searched
 * for what is not the asker's. `attempts` is the number of calls; `leaks` must be 0.
 */
export async function run({
  rows: attempts = 20_000,
  households = 4000,
  seed,
}: BenchOptions): Promise<BenchFigures> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-bench-'))
  const server = process.env.DATABASE_URL ? undefined : await startEmbeddedPostgres(folder)
  const owner = openDatabase(process.env.DATABASE_URL ?? server?.url ?? '')
  const addresses = await prepareDatabase(owner)
  await prepareKeyRing(owner, masterKey)
  const roles = openRoles(addresses)
  const keyRing = await openKeyRing(roles.work, masterKey)
  const log = createLogger('error')
  const jobs = await startJobs(roles.work.url, log)
  const random = seeded(seed)
  try {
    const clock = clockAt('2020-03-10')
    const platform = {
      database: roles.work,
      roles,
      clock,
      vault: keyRing.vault,
      keyRing,
      log,
      fileDirectory: folder,
    }
    const limits = securityLimits(clock)
    const services: Services = {
      ...platform,
      maxUploadBytes: 2 ** 20,
      close: async () => undefined,
      jobs,
      ...assembleServices(clock),
      identity: openIdentity(roles.auth, { secret: 'x'.repeat(40), publicUrl: undefined, limits }),
      readTable: tableReader(platform),
      feedsOf: feedCodesOf,
      demo: false,
    }
    const world = await buildWorld(owner, random, { households, accounts: 160, vault: keyRing.vault })
    print(`${world.callers.length} accounts, ${routeNames.length} routes`)
    const driven = await drive(services, world, random, { attempts, concurrency: 32 })
    await collectMade(owner, world)
    const again = await drive(services, world, random, { attempts: Math.ceil(attempts / 4), concurrency: 32 })
    driven.attempts += again.attempts
    driven.leaks.push(...again.leaks)
    driven.faults.push(...again.faults)
    print(`${driven.answered} answered, ${driven.refused} refused`)
    const differing = await compareForeignWithAbsent(services, world, random, world.callers.slice(0, 32))
    const timing = await timeExistence(services, world, random)
    for (const leak of [...driven.leaks, ...differing].slice(0, 20)) print(`LEAK ${JSON.stringify(leak)}`)
    for (const fault of driven.faults.slice(0, 10)) print(`FAULT ${fault}`)
    return {
      accounts: world.callers.length,
      routes: routeNames.length,
      attempts: driven.attempts + 32 * routeNames.length * 2,
      answered: driven.answered,
      faults: driven.faults.length,
      timingRatio: timing,
      leaks: driven.leaks.length + differing.length,
    }
  } finally {
    await jobs.stop()
    keyRing.close()
    await Promise.all(Object.values(roles).map((role) => role.close()))
    await owner.close()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** How long a refusal takes for something foreign, relative to something that is nowhere: about 1, or existence could be timed. */
async function timeExistence(
  services: Services,
  world: Awaited<ReturnType<typeof buildWorld>>,
  random: ReturnType<typeof seeded>,
) {
  const caller = world.callers.find(({ role }) => role === 'township')
  if (!caller) throw new Error('no township among the askers')
  const foreign = world.households.filter(
    ({ village }) => village > caller.scope.to || village < caller.scope.from,
  )
  const times = { foreign: [] as number[], absent: [] as number[] }
  for (let i = 0; i < 400; i++) {
    for (const whose of i % 2 ? (['foreign', 'absent'] as const) : (['absent', 'foreign'] as const)) {
      const ref = whose === 'foreign' ? random.of(foreign).ref : random.uuid()
      const start = performance.now()
      await callRoute(services, caller, 'households.get', { ref })
      times[whose].push(performance.now() - start)
    }
  }
  return Number((median(times.foreign) / median(times.absent)).toFixed(2))
}
