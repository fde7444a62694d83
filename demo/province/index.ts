import { createHash } from 'node:crypto'
import { closeSync, createReadStream, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import path from 'node:path'
import { type Dirt, lateCities, noDirt, ordinaryDirt } from './calibration.ts'
import { live } from './lives/index.ts'
import type { Household, Life, Span } from './model.ts'
import type { Values } from './outgoing/cells.ts'
import { feedOf } from './outgoing/columns.ts'
import { type Delivery, type Desk, type Manifest, type Outgoing, openDesk } from './outgoing/deliveries.ts'
import { send, sendRuined } from './outgoing/outgoing.ts'
import { departmentRows, householdRow, memberRows, type Row } from './outgoing/rows.ts'
import { purpose, spanUntil, walkHouseholds } from './people/households.ts'
import { Random } from './random.ts'
import { readThresholds, type Thresholds } from './thresholds.ts'
import { meets, type TruthRule } from './truth.ts'

export { importProvince } from './import-province.ts'
export { writeSettlements } from './outgoing/settlements.ts'
export { truthRules } from './truth.ts'
export type { Delivery, Dirt, Manifest, TruthRule }
export { noDirt, ordinaryDirt }

export interface ProvinceOptions {
  households: number
  seed: number
  /** The day on which the province is looked at; history begins in January of the year before. */
  asOf: string
  /** Folder for the files; made when missing. */
  out: string
  dirt?: Dirt
  /** First month that has a file of its own, `YYYY-MM`; earlier facts come with it. Default: the first of history. */
  from?: string
  /** Only these feeds; default all. With the registry's alone there is no truth. */
  feeds?: readonly string[]
  thresholds?: Thresholds
  onProgress?: (households: number) => void
}

/** What is truly so of a household on the day; never imported. */
export interface Truth {
  householdNo: string
  village: number
  /** Rules it meets. */
  meets: TruthRule[]
  /** Rules nobody can judge, because their source is late there. */
  unknown: TruthRule[]
}

/**
 * Writes a synthetic province: the registry's and the departments' files in the shapes in which departments send them,
 * `manifest.json` with the files in the order in which they arrive, and `truth.jsonl` beside them. The same options give
 * the same bytes; memory does not grow with the number of households.
 */
export async function generateProvince(options: ProvinceOptions): Promise<Manifest> {
  const { households, seed, out } = options
  const dirt = options.dirt ?? ordinaryDirt
  const span = spanUntil(options.asOf)
  const policy = options.thresholds ?? readThresholds(options.asOf)
  const from = Math.max(span.firstMonth, options.from ? monthNumber(options.from) : span.firstMonth)
  mkdirSync(out, { recursive: true })
  const desk = openDesk(out, households, Math.min(from, span.lastMonth), span, dirt)
  const isWanted = (feed: string) => options.feeds === undefined || options.feeds.includes(feed)
  // The registry alone needs no lives, and then there is no truth to tell.
  const wantsLife = options.feeds?.every((feed) => feed === 'household' || feed === 'member') !== true
  const truth = openSync(path.join(out, 'truth.jsonl'), 'w')
  let lines = ''
  let count = 0
  let persons = 0
  for (const home of walkHouseholds(households, seed, span)) {
    const life = wantsLife ? live(home, households, seed, span) : undefined
    sendRows(home, life, desk, span, dirt, new Random(seed, purpose.dirt, home.index), isWanted)
    if (life) lines += truthLine(home, life, span, policy, dirt)
    persons += home.people.length
    if (++count % 1000 !== 0) continue
    writeSync(truth, lines)
    lines = ''
    options.onProgress?.(count)
    // Lets timers and signals through in a long run.
    await new Promise((resolve) => setImmediate(resolve))
  }
  writeSync(truth, lines)
  closeSync(truth)
  for (const { sheet } of desk.all) sheet.close()
  const files = await list(desk.all, out, isWanted)
  const manifest = { seed, households, persons, asOf: options.asOf, files }
  writeFileSync(path.join(out, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  return manifest
}

const monthNumber = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1

/** Sends all that is told about a household to the files it belongs into. */
function sendRows(
  home: Household,
  life: Life | undefined,
  desk: Desk,
  span: Span,
  dirt: Dirt,
  random: Random,
  isWanted: (feed: string) => boolean,
): void {
  for (const round of ['first', 'second'] as const) {
    const [households, members] = desk.registry[round]
    if (isWanted('household')) send(households, householdRow(home, round === 'first', span), dirt, random)
    if (!isWanted('member')) continue
    for (const row of memberRows(home, round === 'first', span)) send(members, row, dirt, random)
  }
  if (!life) return
  const city = Math.floor(home.county / 100)
  const rows = departmentRows(home, life)
  const last = lastOfFile(rows, desk, city)
  for (const row of rows) {
    const { feed, reportedOn, values } = row
    if (!isWanted(feed === 'epidemic' ? 'illness' : feed)) continue
    for (const outgoing of desk.routesOf(feed, reportedOn, city)) {
      if (restated.has(feed) && last.get(keyOf(outgoing, values)) !== row) continue
      send(outgoing, mistaken(outgoing, desk, values, dirt, random), dirt, random)
    }
    const { abnormal } = desk
    if (abnormal && feed === 'employment' && home.county === abnormal.county && reportedOn === abnormal.month)
      sendRuined(abnormal.outgoing, values)
  }
}

/** Feeds that tell the same thing again when it changes. */
const restated: ReadonlySet<string> = new Set(['medical-insurance', 'dwelling', 'social-assistance'])

const keyOf = ({ delivery }: Outgoing, values: Values) =>
  [delivery.file, values.idNumber, ...feedOf(delivery.feed).key.map((key) => values[key])].join()

/** A department's file says each thing once, as it stands when the file is made. */
function lastOfFile(rows: readonly Row[], desk: Desk, city: number): Map<string, Row> {
  const last = new Map<string, Row>()
  for (const row of rows) {
    if (!restated.has(row.feed)) continue
    for (const outgoing of desk.routesOf(row.feed, row.reportedOn, city)) {
      const key = keyOf(outgoing, row.values)
      const before = last.get(key)
      if (!before || row.reportedOn >= before.reportedOn) last.set(key, row)
    }
  }
  return last
}

/** In the file that is corrected later, some families seem to have paid what the insurance paid. */
function mistaken(outgoing: Outgoing, desk: Desk, values: Values, dirt: Dirt, random: Random): Values {
  if (outgoing !== desk.wrong || !random.chance(dirt.wrongThenCorrected)) return values
  return { ...values, selfPaid: values.basicPaid ?? 0, basicPaid: values.selfPaid ?? 0 }
}

function truthLine(home: Household, life: Life, span: Span, policy: Thresholds, dirt: Dirt): string {
  const isLate = dirt.lateSource && lateCities.has(Math.floor(home.county / 100))
  const unknown: TruthRule[] = isLate ? ['R11', 'R12'] : []
  const met = meets(home, life, span, policy).filter((rule) => !unknown.includes(rule))
  if (met.length === 0 && unknown.length === 0) return ''
  const truth: Truth = { householdNo: home.householdNo, village: home.village, meets: met, unknown }
  return `${JSON.stringify(truth)}\n`
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
