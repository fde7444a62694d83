import { createReadStream, createWriteStream } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { importAlone, lastRound } from '#bench/import.ts'
import { print } from '#bench/options.ts'
import { generateProvince, writeSettlements } from '#demo/province/index.ts'
import { loadDivisions } from '#server/modules/divisions/index.ts'
import type { Database } from '#server/platform/database/db.ts'

const asOf = '2020-03-10'
export const batchRows = 10_000

/**
 * Seconds from a file of 10,000 settlements to its clues, in a province that lives: registry in, every county covered by an
 * earlier delivery of one settlement per household.
 */
export async function timeOneBatch(database: Database, folder: string, households: number, seed: number) {
  await loadDivisions(database)
  const deliver = (feed: string, file: string, day: string, periodTo: string) =>
    importAlone({ url: database.url, folder, feed, file, day, periodTo })

  const out = path.join(folder, 'registry')
  const registry = await generateProvince({ households, seed, asOf, out, feeds: ['household', 'member'] })
  for (const { feed, file, arrivedOn, periodTo } of lastRound(registry)) {
    const { seconds, stages } = deliver(feed, path.join(out, file), arrivedOn, periodTo)
    print(`${feed} in ${seconds.toFixed(1)} s ${JSON.stringify(stages)}`)
  }
  const all = path.join(folder, 'settlements.csv')
  writeSettlements({ households, seed, asOf, rows: households + batchRows, file: all })
  const files = await splitEvenly(all, folder, Math.ceil((households + batchRows) / batchRows))
  const before = deliver('medical-settlement', files.most, asOf, '2020-02-29')
  print(`earlier settlements in ${before.seconds.toFixed(1)} s`)
  await database.pool.query('vacuum analyze')
  const batch = deliver('medical-settlement', files.few, asOf, '2020-02-29')
  print(`${batchRows} rows in ${batch.seconds.toFixed(2)} s: ${JSON.stringify(batch.stages)}, ${batch.state}`)
  return { batchSeconds: batch.seconds, batchSignals: batch.newSignals, batchClues: batch.newClues }
}

/** Every n-th row into one file, the others into another, so that both reach over the whole province. */
async function splitEvenly(file: string, folder: string, nth: number) {
  const few = path.join(folder, 'batch.csv')
  const most = path.join(folder, 'before.csv')
  const write = { few: createWriteStream(few), most: createWriteStream(most) }
  let row = 0
  for await (const line of createInterface({
    input: createReadStream(file),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    const targets = row === 0 ? [write.few, write.most] : row % nth === 1 ? [write.few] : [write.most]
    for (const target of targets) target.write(`${line}\n`)
    row++
  }
  await Promise.all(
    Object.values(write).map((stream) => new Promise<void>((resolve) => stream.end(() => resolve()))),
  )
  return { few, most }
}
