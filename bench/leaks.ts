import type { Services } from '#server/platform/http/rpc.ts'
import { callRoute, compareForeignWithAbsent, drive, routeNames } from '#test/leaks/drive.ts'
import { seeded } from '#test/leaks/random.ts'
import { buildWorld, collectMade } from '#test/leaks/world.ts'
import { openServices } from './leaks/open-services.ts'
import { type BenchFigures, type BenchOptions, median, print } from './options.ts'

/**
 * Random accounts of every role over random areas ask every route at once over one pool of connections; every answer is searched
 * for what is not the asker's. `attempts` is the number of calls; `leaks` must be 0.
 */
export async function run({
  rows: attempts = 20_000,
  households = 4000,
  seed,
}: BenchOptions): Promise<BenchFigures> {
  const { owner, services, close } = await openServices()
  const random = seeded(seed)
  try {
    const world = await buildWorld(owner, random, { households, accounts: 160, vault: services.vault })
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
    await close()
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
