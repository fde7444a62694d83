import { buildApp } from '#server/app.ts'
import { fuzz } from '#test/fuzz/drive.ts'
import { seeded } from '#test/leaks/random.ts'
import { buildWorld, collectMade } from '#test/leaks/world.ts'
import { openServices } from './leaks/open-services.ts'
import { type BenchFigures, type BenchOptions, print } from './options.ts'

/**
 * Every route of the published OpenAPI document is asked by random accounts of every role: values that look valid at the edges of
 * their schemas, and mutations of them. `--rows` is the number of requests; neither an answer of 500 and above nor one that
 * shows what is not its asker's may come.
 */
export async function run({
  rows: requests = 20_000,
  households = 1000,
  seed,
}: BenchOptions): Promise<BenchFigures> {
  const { owner, services, identity, close } = await openServices()
  const many = 1e9
  const app = await buildApp(services, identity, {
    limits: { requestsPerMinute: many, sensitivePerMinute: many, declarationsPerHour: many },
  })
  try {
    const random = seeded(seed)
    const world = await buildWorld(owner, random, { households, accounts: 96, vault: services.vault })
    await collectMade(owner, world)
    const options = { app, owner, identity, world, random, concurrency: 16 }
    const first = await fuzz(options, Math.ceil(requests / 3))
    // What the first ones made, the others ask about.
    await collectMade(owner, world)
    const then = await fuzz(options, requests - first.requests)
    const serverErrors = [...first.serverErrors, ...then.serverErrors]
    const leaks = [...first.leaks, ...then.leaks]
    for (const line of serverErrors.slice(0, 400)) print(`ERROR ${line}`)
    for (const line of leaks.slice(0, 40)) print(`LEAK ${line}`)
    return {
      routes: first.routes,
      requests,
      answered: first.answered + then.answered,
      serverErrors: serverErrors.length,
      leaks: leaks.length,
    }
  } finally {
    await app.close()
    await close()
  }
}
