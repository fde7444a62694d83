import { execFileSync } from 'node:child_process'
import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import { generateProvince, type Manifest, writeSettlements } from '#demo/province/index.ts'
import { loadDivisions } from '#server/modules/divisions/index.ts'
import { type Database, inSession, openDatabase } from '#server/platform/database/db.ts'
import { startEmbeddedPostgres } from '#server/platform/database/embedded-postgres.ts'
import type { Imported } from './import/one-file.ts'
import { type BenchFigures, type BenchOptions, median, print, secondsOf } from './options.ts'
import { prepareDatabase } from './prepare-database.ts'

const asOf = '2020-03-10'

/**
 * Medical settlements into a registry: from the file to merged facts, refreshed indicators and signals, in a process of its
 * own whose peak memory is its own; beside it a bare COPY of the same rows as csv into a table without keys.
 */
export async function run(options: BenchOptions): Promise<BenchFigures> {
  const { households = 200_000, rows = 1_000_000, seed, format = 'csv' } = options
  const folder = options.out ?? mkdtempSync(path.join(os.tmpdir(), 'shouwang-import-'))
  const server = process.env.DATABASE_URL ? undefined : await startEmbeddedPostgres(folder)
  const url = process.env.DATABASE_URL ?? server?.url ?? ''
  const database = openDatabase(url)
  try {
    await prepareDatabase(database)
    await loadDivisions(database)
    const csv = path.join(folder, 'settlements.csv')
    const file = path.join(folder, `settlements.${format}`)
    for (const name of new Set([csv, file])) writeSettlements({ households, seed, asOf, rows, file: name })
    const registry = await generateProvince({
      households,
      seed,
      asOf,
      out: path.join(folder, 'registry'),
      feeds: ['household', 'member'],
    })
    const deliver = (feed: string, name: string, day: string, periodTo: string) =>
      importAlone({ url, folder, feed, file: name, day, periodTo })
    for (const delivery of lastRound(registry)) {
      const name = path.join(folder, 'registry', delivery.file)
      const { seconds, stages } = deliver(delivery.feed, name, delivery.arrivedOn, delivery.periodTo)
      print(
        `registry: ${delivery.feed}, ${delivery.rows} rows in ${seconds.toFixed(1)} s ${JSON.stringify(stages)}`,
      )
    }
    await database.pool.query('vacuum analyze')
    const imported = deliver('medical-settlement', file, asOf, '2020-02-29')
    const copySeconds = await copyAlone(database, csv)
    print(`${rows} rows: ${imported.seconds.toFixed(1)} s, bare COPY ${copySeconds.toFixed(1)} s`)
    return {
      rows,
      households,
      rowsPerSecond: Math.round(rows / imported.seconds),
      peakRssMb: imported.peakRssMb,
      copyRatio: Number((imported.seconds / copySeconds).toFixed(2)),
      seconds: Number(imported.seconds.toFixed(2)),
      state: imported.state,
      stages: imported.stages,
      newSignals: imported.newSignals,
      newClues: imported.newClues,
    }
  } finally {
    await database.close()
    await server?.stop()
    if (options.out === undefined) rmSync(folder, { recursive: true, force: true })
  }
}

/** The registry as of the turn of the year; the round before it would only be superseded. */
export function lastRound({ files }: Manifest): Manifest['files'] {
  return ['household', 'member'].flatMap((feed) => files.findLast((one) => one.feed === feed) ?? [])
}

interface Job {
  url: string
  folder: string
  feed: string
  file: string
  day: string
  periodTo: string
}

/** Imports one file in a process of its own, under the heap setting of the server. */
export function importAlone({ url, folder, feed, file, day, periodTo }: Job): Imported {
  const worker = path.join(import.meta.dirname, 'import/one-file.ts')
  const args = ['--max-semi-space-size=16', worker, feed, file, day, periodTo, path.join(folder, 'files')]
  const output = execFileSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, BENCH_URL: url },
  })
  return JSON.parse(output.trim().split('\n').at(-1) ?? '')
}

/** The same bytes into a table of text columns, three times; the median counts. */
async function copyAlone(database: Database, file: string): Promise<number> {
  return inSession(database, async ({ client }) => {
    const [headers = ''] = readFileSync(file, 'utf8').split('\n', 1)
    const columns = headers
      .split(',')
      .map((_, i) => `c${i} text`)
      .join(', ')
    const times: number[] = []
    for (let round = 0; round < 3; round++) {
      await client.query(`drop table if exists bench_copy; create table bench_copy (${columns})`)
      times.push(
        await secondsOf(() =>
          pipeline(
            createReadStream(file),
            client.query(copyFrom('copy bench_copy from stdin (format csv, header)')),
          ),
        ),
      )
    }
    await client.query('drop table bench_copy')
    return median(times)
  })
}
