import { createHash } from 'node:crypto'
import { closeSync, createReadStream, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import path from 'node:path'
import { type Dirt, ordinaryDirt } from '#demo/province/calibration.ts'
import { dayText, monthIndex, parseDay } from '#demo/province/days.ts'
import type { Delivery, Manifest, Outgoing } from '#demo/province/outgoing/deliveries.ts'
import { IdRegister } from '#demo/province/people/id-numbers.ts'
import { spreadHouseholds } from '#demo/province/places.ts'
import { Random } from '#demo/province/random.ts'
import { firstMonth, stream, walkNeighbourhoods } from './families/found.ts'
import { liveOn } from './live.ts'
import type { Fall, Home } from './model.ts'
import { openDesk } from './records/desk.ts'
import { sendLife } from './records/send-life.ts'
import { openWorld } from './world.ts'

export { netOf } from './records/registry.ts'
export { writeSettlements } from './records/settlements.ts'
export type { Home }

/** The files of the first month have come. */
const firstDay = '2019-02-01'

export interface ProvinceOptions {
  households: number
  seed: number
  /** The day up to which files have come; the first is of January 2019. */
  asOf: string
  /** Folder for the files; made when missing. */
  out: string
  dirt?: Dirt
  /** First month that has a file of its own, `YYYY-MM`; earlier facts come with it. Default: 2019-01. */
  from?: string
  /** Only these feeds; default all. With the register's alone nobody lives: it stands as it stood at the beginning. */
  feeds?: readonly string[]
  /** Every household as it is in the end, with all that is on record about it. */
  onHome?: (home: Home) => void
  onProgress?: (households: number) => void
}

/** A household that fell, as `falls.jsonl` has it; never imported. */
export interface FallLine {
  householdNo: string
  county: number
  fellOn: string
  kind: Fall['kind']
  cause: Fall['cause']
  causeOn: string | null
  /** The first day on which a file that speaks of the cause had arrived; null where none ever does. */
  carriedOn: string | null
  perHeadYuan: number
}

/**
 * Writes the files of a province whose people live, month by month from October 2017: the register's and the departments' files in
 * the shapes in which they come, `manifest.json` in the order of arrival, and `falls.jsonl` beside them. The same options give the same
 * bytes; memory does not grow with the number of households.
 */
export async function generateProvince(options: ProvinceOptions): Promise<Manifest> {
  const { households, seed, out, asOf } = options
  const dirt = options.dirt ?? ordinaryDirt
  const day = parseDay(asOf)
  if (asOf < firstDay) throw new Error(`the first files are of January 2019: ${asOf} is before ${firstDay}`)
  const from = options.from ? monthIndex(parseDay(`${options.from}-01`)) : monthIndex(parseDay('2019-01-01'))
  mkdirSync(out, { recursive: true })
  const desk = openDesk({
    folder: out,
    households,
    asOf: day,
    from: Math.min(from, monthIndex(day) - 1),
    dirt,
  })
  const isWanted = (feed: string) => options.feeds?.includes(feed) ?? true
  const lastMonth = options.feeds?.every((feed) => feed === 'household' || feed === 'member')
    ? firstMonth - 1
    : monthIndex(day) - 1
  const world = openWorld(seed, households)
  const far = spreadHouseholds(households).flatMap(({ villages }) => villages)
  const falls = openSync(path.join(out, 'falls.jsonl'), 'w')
  const made: Made = { households: 0, persons: 0, written: 0 }
  for (const neighbourhood of walkNeighbourhoods(households, seed, (county) => new IdRegister(county))) {
    const lived = liveOn({ neighbourhood, far, world, lastMonth, registerMonths: [...desk.registry.keys()] })
    let lines = ''
    for (const one of lived) {
      const { home } = one
      const random = new Random(seed, stream.letter, home.index, home.branch)
      sendLife(one, { desk, dirt, random, isWanted })
      lines += home.falls.map((fall) => fallLine(home, fall)).join('')
      if (home.founded === null) made.households += 1
      made.persons += one.persons
      options.onHome?.(home)
    }
    writeSync(falls, lines)
    if (made.households - made.written < 1000 && made.households < households) continue
    made.written = made.households
    options.onProgress?.(made.households)
    // Lets timers and signals through in a long run.
    await new Promise((resolve) => setImmediate(resolve))
  }
  closeSync(falls)
  for (const { sheet } of desk.all) sheet.close()
  const files = await list(desk.all, out, isWanted)
  const manifest = { seed, households, persons: made.persons, asOf, files }
  writeFileSync(path.join(out, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  return manifest
}

interface Made {
  households: number
  persons: number
  written: number
}

function fallLine({ householdNo }: Home, fall: Fall): string {
  const { county, fellOn, kind, cause, causeOn, blow, perHeadYuan } = fall
  const line: FallLine = {
    ...{ householdNo, county, fellOn: dayText(fellOn), kind, cause },
    causeOn: causeOn === null ? null : dayText(causeOn),
    carriedOn: blow?.carriedOn ? dayText(blow.carriedOn) : null,
    perHeadYuan,
  }
  return `${JSON.stringify(line)}\n`
}

async function list(all: readonly Outgoing[], out: string, isWanted: (feed: string) => boolean) {
  const order = (delivery: Delivery) =>
    `${delivery.arrivedOn}${delivery.feed === 'household' ? 0 : delivery.feed === 'member' ? 1 : 2}`
  const deliveries = all
    .map(({ delivery }) => delivery)
    .filter(({ feed, expect, rows }) => isWanted(feed) && (expect === 'merged' || rows > 0))
    .toSorted((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0))
  const listed = new Set(deliveries)
  for (const { delivery } of all) if (!listed.has(delivery)) rmSync(path.join(out, delivery.file))
  const files: Manifest['files'] = []
  for (const delivery of deliveries)
    files.push({ ...delivery, sm3: await sm3(path.join(out, delivery.file)) })
  return files
}

async function sm3(file: string): Promise<string> {
  const hash = createHash('sm3')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
