import { writeCsv } from '../files/csv.ts'
import { writeXlsx } from '../files/xlsx.ts'
import { stay, visit } from '../lives/medical.ts'
import type { Household, Settlement, Span } from '../model.ts'
import { present, purpose, spanUntil, walkHouseholds } from '../people/households.ts'
import { Random } from '../random.ts'
import { writeCell } from './cells.ts'
import { feedOf } from './columns.ts'
import { type Encoding, looks } from './looks.ts'
import { settlementRow } from './rows.ts'

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
  const span = spanUntil(options.asOf)
  const feed = feedOf('medical-settlement')
  const look = { ...looks['medical-settlement'], dates: 'dash', wraps: false } as (typeof looks)[string]
  const sheet = options.file.endsWith('.xlsx')
    ? writeXlsx(options.file, '结算')
    : writeCsv(options.file, options.encoding ?? 'utf8')
  sheet.row(feed.columns.map((column) => column.header))
  for (const home of walkHouseholds(households, seed, span)) {
    const first = Math.floor((rows * home.index) / households)
    const next = Math.floor((rows * (home.index + 1)) / households)
    const random = new Random(seed, purpose.life, home.index, 99)
    for (let row = first; row < next; row++) {
      const values = settlementRow({ ...any(home, span, random), no: `B${String(row).padStart(12, '0')}` })
      sheet.row(feed.columns.map((column) => writeCell(column, values[column.key], look, look.dates)))
    }
  }
  sheet.close()
}

function any(home: Household, span: Span, random: Random): Settlement {
  const people = present(home.people)
  const person = people[random.whole(0, people.length - 1)] ?? home.people[0]
  return random.chance(0.15) ? stay(home, person, undefined, span, random) : visit(home, person, span, random)
}
