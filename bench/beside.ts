import { mkdtempSync, openAsBlob, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { generateProvince, writeSettlements } from '#demo/province/index.ts'
import { loadDivisions } from '#server/modules/divisions/index.ts'
import { openDatabase } from '#server/platform/database/db.ts'
import { startEmbeddedPostgres } from '#server/platform/database/embedded-postgres.ts'
import { prepareKeyRing } from '#server/platform/keys/key-ring.ts'
import { importAlone, lastRound } from './import.ts'
import { type BenchFigures, type BenchOptions, median, print } from './options.ts'
import { startServer } from './pages/server.ts'
import { type Account, signIn } from './pages/sign-in.ts'
import { masterKey, prepareDatabase } from './prepare-database.ts'

const asOf = '2020-03-10'
const pages = ['/workbench', '/clues?size=50', '/households', '/households?q=wjz', '/batches']
/** Long enough for an officer to notice, on a page that is asked for again and again. */
const calmRounds = 120
const pauseMs = 20

interface Latency {
  requests: number
  p50Ms: number
  p95Ms: number
}

/**
 * Pages of a county while nothing else is done, and while a department's file is looked into and taken in by the same server; over
 * HTTP, turn about between pages. `ratio` is the p95 beside the import ÷ the mean of the calm before and after.
 */
export async function run({
  households = 50_000,
  rows = 100_000,
  seed,
  format = 'csv',
  out,
}: BenchOptions): Promise<BenchFigures> {
  const folder = out ?? mkdtempSync(path.join(os.tmpdir(), 'shouwang-beside-'))
  try {
    const file = path.join(folder, `settlements.${format}`)
    await fill(folder, households, seed)
    writeSettlements({ households, seed, asOf, rows, file })
    const server = await startServer(folder)
    try {
      const [reader, sender] = await Promise.all([signIn(server.url, 'linquan'), signIn(server.url, 'anhui')])
      await measure(reader, rounds(20))
      const calm = await measure(reader, rounds(calmRounds))
      const batch = importOverHttp(sender, file)
      let isDone = false
      batch.then(
        () => (isDone = true),
        () => (isDone = true),
      )
      const beside = await measure(reader, () => isDone)
      const again = await measure(reader, rounds(calmRounds))
      const { state, seconds } = await batch
      print(`calm ${JSON.stringify(calm)}, beside ${JSON.stringify(beside)}, again ${JSON.stringify(again)}`)
      const ratio = (key: 'p50Ms' | 'p95Ms') =>
        Number((beside[key] / ((calm[key] + again[key]) / 2)).toFixed(2))
      return {
        ...{ households, rows, format, state, seconds, calm, beside, again },
        medianRatio: ratio('p50Ms'),
        ratio: ratio('p95Ms'),
      }
    } finally {
      await server.stop()
    }
  } finally {
    if (!out) rmSync(folder, { recursive: true, force: true })
  }
}

async function fill(folder: string, households: number, seed: number) {
  const postgres = await startEmbeddedPostgres(folder)
  const database = openDatabase(postgres.url)
  try {
    await prepareDatabase(database)
    await prepareKeyRing(database, masterKey)
    writeFileSync(path.join(folder, 'master.key'), masterKey.toString('hex'), { mode: 0o600 })
    const { rows } = await database.pool.query<{ n: number }>('select count(*)::int as n from household')
    if ((rows[0]?.n ?? 0) > 0) return
    await loadDivisions(database)
    const registry = path.join(folder, 'registry')
    const feeds = ['household', 'member']
    const manifest = await generateProvince({ households, seed, asOf, out: registry, feeds })
    for (const { feed, file, arrivedOn: day, periodTo } of lastRound(manifest)) {
      const { seconds } = importAlone({
        ...{ url: postgres.url, folder, feed, day, periodTo },
        file: path.join(registry, file),
      })
      print(`registry: ${feed} in ${seconds.toFixed(1)} s`)
    }
    await database.pool.query('vacuum analyze')
  } finally {
    await database.close()
    await postgres.stop()
  }
}

const rounds = (most: number) => {
  let done = 0
  return () => done++ >= most
}

/** Asks for one page after the other until `isEnough`, a little apart as people do. */
async function measure(account: Account, isEnough: () => boolean): Promise<Latency> {
  const times: number[] = []
  while (!isEnough()) {
    for (const page of pages) {
      const start = performance.now()
      await account.get(`/api${page}`)
      times.push(performance.now() - start)
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
  const sorted = times.toSorted((a, b) => a - b)
  return {
    requests: times.length,
    p50Ms: Math.round(median(sorted) * 10) / 10,
    p95Ms: Math.round((sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0) * 10) / 10,
  }
}

/** As the page does it: the file, then the batch, then looking at it until it has ended. */
async function importOverHttp(account: Account, file: string) {
  const start = performance.now()
  const name = path.basename(file)
  const { upload, sheets } = await account.put(
    `/api/uploads?name=${name}`,
    await openAsBlob(file, { type: 'application/octet-stream' }),
  )
  const [sheet] = sheets as { name: string; guesses: { feed: string; mapping: unknown }[] }[]
  const guess = sheet?.guesses[0]
  const { ref } = await account.post('/api/batches', {
    ...{ upload, sheet: sheet?.name, feed: guess?.feed, mapping: guess?.mapping },
    periodTo: '2020-02-29',
  })
  for (;;) {
    const { state } = (await account.get(`/api/batches/${ref}`)) as { state: string }
    if (!['received', 'checked', 'matched'].includes(state)) {
      return { state, seconds: Math.round((performance.now() - start) / 100) / 10 }
    }
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}
