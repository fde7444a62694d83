import { type DayNumber, monthIndex, monthStart, parseDay } from '#demo/province/days.ts'
import { writeCsv } from '#demo/province/files/csv.ts'
import { writeXlsx } from '#demo/province/files/xlsx.ts'
import type { Settlement } from '#demo/province/model.ts'
import { writeCell } from '#demo/province/outgoing/cells.ts'
import { feedOf } from '#demo/province/outgoing/columns.ts'
import { type Encoding, looks } from '#demo/province/outgoing/looks.ts'
import { settlementRow } from '#demo/province/outgoing/rows.ts'
import { IdRegister } from '#demo/province/people/id-numbers.ts'
import { Random } from '#demo/province/random.ts'
import { stream, walkNeighbourhoods } from '../families/found.ts'
import { present } from '../families/people.ts'
import { oneStay, oneVisit } from '../living/bill.ts'
import { filesFrom } from '../living/turn.ts'
import type { Home } from '../model.ts'

export interface SettlementOptions {
  /** The province whose registry the rows are about: the same size, seed and day as it was made with. */
  households: number
  seed: number
  asOf: string
  /** Exactly so many rows. */
  rows: number
  /** Its ending tells the format: .csv or .xlsx. */
  file: string
  encoding?: Encoding
}

/** One large file of medical settlements, evenly over the households, in flat memory. */
export function writeSettlements(options: SettlementOptions): void {
  const { households, seed, rows } = options
  const last = monthStart(monthIndex(parseDay(options.asOf))) - 1
  const feed = feedOf('medical-settlement')
  const look = { ...looks['medical-settlement'], dates: 'dash', wraps: false } as (typeof looks)[string]
  const sheet = options.file.endsWith('.xlsx')
    ? writeXlsx(options.file, '结算')
    : writeCsv(options.file, options.encoding ?? 'utf8')
  sheet.row(feed.columns.map((column) => column.header))
  for (const { homes } of walkNeighbourhoods(households, seed, (county) => new IdRegister(county))) {
    for (const home of homes) {
      const first = Math.floor((rows * home.index) / households)
      const next = Math.floor((rows * (home.index + 1)) / households)
      const random = new Random(seed, stream.letter, home.index, 99)
      for (let row = first; row < next; row++) {
        const values = settlementRow({ ...any(home, last, random), no: `B${String(row).padStart(12, '0')}` })
        sheet.row(feed.columns.map((column) => writeCell(column, values[column.key], look, look.dates)))
      }
    }
  }
  sheet.close()
}

function any(home: Home, last: DayNumber, random: Random): Settlement {
  const people = present(home)
  const person = people[random.whole(0, people.length - 1)]
  if (!person) throw new Error('nobody lives here')
  const settledOn = random.whole(filesFrom, last)
  return random.chance(0.15)
    ? oneStay(home.registered, person, settledOn, random)
    : oneVisit(home.registered, person, settledOn, random)
}
