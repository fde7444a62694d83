import type { Dirt } from '#demo/province/calibration.ts'
import { type DayNumber, parseDay } from '#demo/province/days.ts'
import type { Income } from '#demo/province/model.ts'
import type { Values } from '#demo/province/outgoing/cells.ts'
import { feedOf } from '#demo/province/outgoing/columns.ts'
import type { Outgoing } from '#demo/province/outgoing/deliveries.ts'
import { send, sendRuined } from '#demo/province/outgoing/outgoing.ts'
import type { Random } from '#demo/province/random.ts'
import { lives } from '../calibration.ts'
import type { Home, Row } from '../model.ts'
import type { Desk } from './desk.ts'
import { valuesOf } from './rows.ts'

/** How the departments' slips are drawn for one household. */
export interface Letters {
  desk: Desk
  dirt: Dirt
  random: Random
  isWanted(feed: string): boolean
}

/** Feeds that state the same thing again when it changes: a file has it once, as it stands when the file is made. */
const restated: ReadonlySet<string> = new Set([
  'medical-insurance',
  'dwelling',
  'social-assistance',
  'illness',
])

/** Writes what is on record about a household into the files it belongs into: most of it in time, some late, some twice. */
export function sendRows(home: Home, { desk, dirt, random, isWanted }: Letters): void {
  const city = Math.floor(home.county / 100)
  const rows = home.rows.flatMap((row) => (isWanted(feedCode(row.feed)) ? seen(row, dirt, random) : []))
  const last = lastOfFile(rows, desk, city)
  for (const row of rows) {
    const values = valuesOf(row)
    for (const outgoing of desk.routesOf(row.feed, row.reportedOn, city)) {
      if (restated.has(row.feed) && last.get(keyOf(outgoing, values)) !== row) continue
      send(outgoing, mistaken(outgoing, desk, values, dirt, random), dirt, random)
      carry(row, parseDay(outgoing.delivery.arrivedOn))
    }
    const { abnormal } = desk
    if (
      abnormal &&
      row.feed === 'employment' &&
      home.county === abnormal.county &&
      row.values.month === abnormal.month
    )
      sendRuined(abnormal.outgoing, values)
  }
}

const feedCode = (feed: string) => (feed === 'epidemic' ? 'illness' : feed)

function carry({ blow }: Row, on: DayNumber): void {
  if (blow && (blow.carriedOn === null || on < blow.carriedOn)) blow.carriedOn = on
}

/** A row as the department sees it: now and then weeks late, now and then once more in the next file; bills are cancelled and written anew. */
function seen(row: Row, dirt: Dirt, random: Random): Row[] {
  if (row.feed === 'income' || row.feed === 'school-enrolment' || row.feed === 'epidemic') return [row]
  const { lateRows, repeated, refunds } = dirt
  const { lateDays } = lives
  const delay = random.chance(lateRows) ? random.whole(lateDays[0], lateDays[1]) : 0
  const one = delay > 0 ? { ...row, reportedOn: row.reportedOn + delay } : row
  if (random.chance(repeated)) return [one, { ...one, reportedOn: one.reportedOn + 31 }]
  if (row.feed !== 'medical-settlement' || !random.chance(refunds)) return [one]
  return [one, ...cancelled(one)]
}

/** The hospital takes a bill back, by a bill of its own that is negative, and sends it again under a new number. */
function cancelled(row: Row): Row[] {
  const values = valuesOf(row)
  const later = (days: number, number: string, factor: number): Row => ({
    ...row,
    reportedOn: row.reportedOn + days,
    values: Object.fromEntries(
      Object.entries(values).map(([key, value]) => {
        if (key === 'settlementNo') return [key, `${value}${number}`]
        const isMoney = typeof value === 'number' && !key.endsWith('On')
        return [key, isMoney ? value * factor : value]
      }),
    ),
  })
  return [later(20, 'T', -1), later(20, 'C', 1)]
}

function keyOf({ delivery }: Outgoing, values: Values): string {
  return [delivery.file, values.idNumber, ...feedOf(delivery.feed).key.map((key) => values[key])].join()
}

function lastOfFile(rows: readonly Row[], desk: Desk, city: number): Map<string, Row> {
  const last = new Map<string, Row>()
  for (const row of rows) {
    if (!restated.has(row.feed)) continue
    const values = valuesOf(row)
    for (const outgoing of desk.routesOf(row.feed, row.reportedOn, city)) {
      const key = keyOf(outgoing, values)
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

/** A statement as the village took it down: some are guesses. */
export function statedIncome(one: Income, dirt: Dirt, random: Random): Income {
  if (!random.chance(dirt.misstated)) return one
  const factor = 0.8 + random.unit() * 0.5
  return { ...one, wage: Math.round((one.wage * factor) / 100) * 100 }
}
