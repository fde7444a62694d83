import { setTimeout as delay } from 'node:timers/promises'
import { openProvince } from '#bench/open-province.ts'
import { signInPaths } from '#contract/access/session.ts'
import { type BenchFigures, type BenchOptions, median, print } from './options.ts'
import { startServer } from './pages/server.ts'
import { type Account, signIn } from './pages/sign-in.ts'

const wrongPerMinute = 1000
const addresses = 250
const pages = [
  '/workbench',
  '/clues?size=50',
  '/households',
  '/visits',
  '/cases',
  '/overview?area=341221000000',
]

/**
 * A thousand wrong sign-ins a minute, from many addresses and with names that are none, while an officer reads pages and others sign
 * in. `--rows`: seconds of each half. What counts: the pages' p95 beside that of a quiet server, and that right ones get in.
 */
export async function run({
  households = 20_000,
  out,
  rows: seconds = 60,
}: BenchOptions): Promise<BenchFigures> {
  const province = await openProvince({ households, out })
  try {
    // Every address is one of its own to the server, as behind a proxy that it trusts.
    const server = await startServer(province.folder, { SHOUWANG_TRUSTED_PROXIES: '127.0.0.1' })
    try {
      const officer = await signIn(server.url, 'linquan', '10.1.0.1')
      await read(officer, 5)
      const quiet = await read(officer, seconds)
      const storm = startStorm(server.url)
      const entering = enterAgainAndAgain(server.url, seconds)
      const stormy = await read(officer, seconds)
      const right = await entering
      const wrong = await storm.stop()
      const [quietP95Ms, stormP95Ms] = [p95(quiet), p95(stormy)]
      print(
        `pages p95 ${quietP95Ms} ms, in the storm ${stormP95Ms} ms; ${right.entered} of ${right.tried} got in`,
      )
      return {
        ...{ households, seconds, quietP95Ms, stormP95Ms, ratio: round(stormP95Ms / quietP95Ms) },
        ...{ quietMedianMs: round(median(quiet)), stormMedianMs: round(median(stormy)) },
        ...{ wrong: wrong.answered, wrongIn: wrong.entered, refusedAtOnce: wrong.refused },
        ...{ right: right.tried, rightIn: right.entered, rightMedianMs: round(median(right.ms)) },
      }
    } finally {
      await server.stop()
    }
  } finally {
    await province.close()
  }
}

const round = (value: number) => Math.round(value * 100) / 100
const p95 = (values: readonly number[]) =>
  round(values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? 0)

/** One page after the other, as somebody who works; how long each took. */
async function read(officer: Account, seconds: number): Promise<number[]> {
  const taken: number[] = []
  const end = performance.now() + seconds * 1000
  for (let i = 0; performance.now() < end; i++) {
    const start = performance.now()
    await officer.get(`/api${pages[i % pages.length]}`)
    taken.push(performance.now() - start)
    await delay(20)
  }
  return taken
}

function startStorm(url: string) {
  const found = { answered: 0, entered: 0, refused: 0 }
  const waiting = new Set<Promise<void>>()
  let sent = 0
  const attempt = async (n: number) => {
    const answer = await fetch(`${url}${signInPaths.signIn}`, {
      method: 'POST',
      headers: {
        ...{ origin: url, 'content-type': 'application/json' },
        'x-forwarded-for': `10.9.${Math.floor((n % addresses) / 200)}.${(n % 200) + 1}`,
      },
      body: JSON.stringify({ username: `nobody-${n}`, password: `Wrong-${n}-2020` }),
    })
    found.answered++
    if (answer.ok) found.entered++
    if (answer.status === 429) found.refused++
    await answer.arrayBuffer()
  }
  const timer = setInterval(() => {
    const one: Promise<void> = attempt(sent++).finally(() => waiting.delete(one))
    waiting.add(one)
  }, 60_000 / wrongPerMinute)
  return {
    async stop() {
      clearInterval(timer)
      await Promise.all(waiting)
      return found
    },
  }
}

/** People who come to work meanwhile, each from an address of its own. */
async function enterAgainAndAgain(url: string, seconds: number) {
  const found = { tried: 0, entered: 0, ms: [] as number[] }
  const end = performance.now() + seconds * 1000
  while (performance.now() < end) {
    found.tried++
    const start = performance.now()
    const entered = await signIn(url, 'chengguan-cun', `10.2.0.${(found.tried % 200) + 1}`).catch(
      () => undefined,
    )
    if (entered) {
      found.entered++
      found.ms.push(performance.now() - start)
    }
    // As many as an account may sign in within a minute.
    await delay(7000)
  }
  return found
}
