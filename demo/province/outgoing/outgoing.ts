import type { Dirt } from '../calibration.ts'
import type { Cell } from '../files/sheet.ts'
import { IdRegister } from '../people/id-numbers.ts'
import { givenName, misspelt, surname } from '../people/names.ts'
import type { Random } from '../random.ts'
import { type Value, type Values, writeCell } from './cells.ts'
import type { Outgoing } from './deliveries.ts'
import type { DateStyle } from './looks.ts'

const oddStyles = ['dash', 'slash', 'compact', 'chinese', 'dot'] as const

/** Writes one row, with the slips that happen to such rows. */
export function send(outgoing: Outgoing, values: Values, dirt: Dirt, random: Random): void {
  const isRegistry = outgoing.delivery.feed === 'household' || outgoing.delivery.feed === 'member'
  const dates: DateStyle =
    random.chance(dirt.oddDates) && outgoing.delivery.format !== 'dbf'
      ? random.pick(oddStyles)
      : outgoing.look.dates
  const slips = slipsOf(isRegistry, dirt, random)
  const cells = outgoing.columns.map((column): Cell => {
    const cell = writeCell(column, values[column.key], outgoing.look, dates)
    if (column.type === 'idNumber' && slips.badId) return ruined(String(cell), random)
    if (column.type === 'name' && slips.typo) return misspelt(String(cell), random)
    if (slips.wide && column.type === 'idNumber') return widened(String(cell))
    if (slips.conflict && column.key === 'sex') return values.sex === 'male' ? '女' : '男'
    return cell
  })
  write(outgoing, cells)
  if (random.chance(dirt.duplicates)) write(outgoing, cells)
  if (!isRegistry && random.chance(dirt.outsiders))
    write(outgoing, strangers(outgoing, values, dates, random))
}

/** The same file sent with digits lost in a spreadsheet: the first fifteen are left. */
export function sendRuined(outgoing: Outgoing, values: Values): void {
  const cells = outgoing.columns.map((column): Cell => {
    const cell = writeCell(column, values[column.key], outgoing.look, outgoing.look.dates)
    return column.type === 'idNumber' ? `${String(cell).slice(0, 15)}000` : cell
  })
  write(outgoing, cells)
}

function write(outgoing: Outgoing, cells: readonly Cell[]): void {
  outgoing.sheet.row(cells)
  outgoing.delivery.rows++
}

function slipsOf(isRegistry: boolean, dirt: Dirt, random: Random) {
  const place = random.unit()
  const bad = isRegistry ? dirt.registryBadIds : dirt.badIds
  const other = isRegistry ? dirt.registryConflicts : dirt.nameTypos
  return {
    badId: place < bad,
    typo: !isRegistry && place >= bad && place < bad + other,
    conflict: isRegistry && place >= bad && place < bad + other,
    wide: place > 1 - dirt.fullWidth,
  }
}

/** An ID number spoilt in one of the usual ways; none of them passes the check digit. */
function ruined(cell: string, random: Random): string {
  const id = cell.replace(/[="]/g, '')
  const way = random.whole(0, 9)
  if (way < 5) {
    const at = random.whole(8, 16)
    const digit = (Number(id[at]) + random.whole(1, 9)) % 10
    return cell.replace(id, id.slice(0, at) + digit + id.slice(at + 1))
  }
  if (way < 7) return cell.replace(id, id.slice(0, 17))
  if (way < 9) return `${id[0]}.${id.slice(1, 6)}E+17`
  return ''
}

/** ０ to ９ instead of 0 to 9. */
function widened(cell: string): string {
  return cell.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
}

/** The same kind of row about somebody the registry does not know. */
function strangers(outgoing: Outgoing, values: Values, dates: DateStyle, random: Random): Cell[] {
  const county = Math.floor(Number(values.idNumber) / 1e12) || 340_104
  const sex = random.chance(0.5) ? 'male' : 'female'
  const { idNumber } = new IdRegister(county).outsider(random.whole(1945, 2012), random.whole(0, 9999), sex)
  const known: Values = { ...values, name: surname(random) + givenName(random), idNumber }
  const stranger: Record<string, Value> = { ...known }
  if (values.certificateNo) stranger.certificateNo = `${idNumber}${String(values.certificateNo).slice(18)}`
  if (values.settlementNo) stranger.settlementNo = `${values.settlementNo}9`
  return outgoing.columns.map((column) => writeCell(column, stranger[column.key], outgoing.look, dates))
}
