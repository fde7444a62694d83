import { openProvince } from '#bench/open-province.ts'
import { type BenchFigures, type BenchOptions, median, print } from './options.ts'
import { listPages, type Page } from './pages/list.ts'
import { startServer } from './pages/server.ts'
import { type Account, signIn } from './pages/sign-in.ts'

const rounds = 20
const accounts = {
  ...{
    province: 'anhui',
    city: 'fuyang',
    county: 'linquan',
    township: 'chengguan',
    village: 'chengguan-cun',
  },
  helper: 'chengguan-bangfu',
}
const surname = '王'

type Figures = Record<string, { p50Ms: number; p95Ms: number }>

/**
 * Every page with an overview or a list, asked for by accounts of every level over HTTP of a server of its own, in a province after
 * years of work. What an account may not open is left out.
 */
export async function run({
  households = 1_880_000,
  out,
  rows: times = rounds,
}: BenchOptions): Promise<BenchFigures> {
  const province = await openProvince({ households, out })
  try {
    const server = await startServer(province.folder)
    try {
      const found: Record<string, Figures> = {}
      for (const [level, username] of Object.entries(accounts)) {
        const account = await signIn(server.url, username)
        const me = (await account.get('/api/me')) as { area: { code: number } }
        found[level] = await measure(account, listPages({ area: me.area.code, surname }), times, level)
      }
      const worst = Object.values(found).flatMap((one) => Object.values(one).map(({ p95Ms }) => p95Ms))
      return { households, rounds: times, pages: found, worstP95Ms: Math.max(...worst) }
    } finally {
      await server.stop()
    }
  } finally {
    await province.close()
  }
}

async function measure(
  account: Account,
  pages: readonly Page[],
  times: number,
  level: string,
): Promise<Figures> {
  const found: Figures = {}
  for (const { name, addresses } of pages) {
    const started = performance.now()
    const load = () => Promise.all(addresses.map((address) => account.get(`/api${address}`)))
    const first = await load().catch((error: Error) => error)
    if (first instanceof Error) {
      print(`${level}: ${name}: ${first.message}`)
      continue
    }
    // What takes seconds is told by a few rounds.
    const enough = performance.now() - started > 2000 ? Math.min(times, 3) : times
    const taken: number[] = []
    for (let i = 0; i < enough + 2; i++) {
      const start = performance.now()
      await load()
      if (i >= 2) taken.push(performance.now() - start)
    }
    found[name] = { p50Ms: Math.round(median(taken)), p95Ms: Math.round(p95(taken)) }
    print(`${level}: ${name}: p50 ${found[name].p50Ms} ms, p95 ${found[name].p95Ms} ms`)
  }
  return found
}

function p95(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? 0
}
