import { beijingMinute, dayNumber, isDay } from '../days.ts'
import { type Cell, type CellKind, type CellMark, type CellValue, isMarked, mostCharacters } from './sheet.ts'
import { styleOf } from './xlsx-styles.ts'

/** 1900-03-01: before it Excel's days are one off, and its calendar begins with 1900. */
const firstExactDay = dayNumber('1900-03-01')
const epoch = dayNumber('1899-12-30')

/** Letters of a column, from 0. */
export function columnName(place: number): string {
  let name = ''
  for (let rest = place + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name
  return name
}

const forbidden = /[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|_x[0-9a-fA-F]{4}_/gu

/** What XML cannot hold is written as Excel does (`_x0001_`), and what only looks like that keeps its underscore. */
function escapeCharacter(found: string): string {
  if (found.startsWith('_x')) return `_x005F${found}`
  const code = found.charCodeAt(0)
  return code >= 0xd800 && code <= 0xdfff
    ? '\ufffd'
    : `_x${code.toString(16).padStart(4, '0').toUpperCase()}_`
}

const special = /[&<>"]/g
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

export function xmlText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(forbidden, escapeCharacter)
    .replace(special, (found) => entities[found] ?? found)
}

/** The day as Excel counts it; undefined for what its calendar does not hold. */
function serialOf(day: string): number | undefined {
  if (!isDay(day)) return undefined
  const number = dayNumber(day)
  return number < firstExactDay ? undefined : number - epoch
}

function serialOfInstant(instant: string): number | undefined {
  if (Number.isNaN(Date.parse(instant))) return undefined
  const shown = beijingMinute(instant)
  const day = serialOf(shown.slice(0, 10))
  if (day === undefined) return undefined
  const [hours = 0, minutes = 0] = shown.slice(11).split(':').map(Number)
  return day + (hours * 60 + minutes) / 1440
}

function numberOf(kind: CellKind, value: CellValue): number | undefined {
  if (typeof value === 'number') {
    if (!Number.isFinite(value) || kind === 'text' || kind === 'digits') return undefined
    return kind === 'money' ? value / 100 : value
  }
  if (typeof value !== 'string') return undefined
  if (kind === 'date') return serialOf(value)
  return kind === 'datetime' ? serialOfInstant(value) : undefined
}

function textCell(reference: string, style: number, text: string): string {
  const safe = xmlText(text.length > mostCharacters ? `${text.slice(0, mostCharacters - 1)}…` : text)
  return `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${safe}</t></is></c>`
}

/** A cell of a row. Text is text whatever it begins with: no formula is ever written. */
export function cellXml(
  reference: string,
  kind: CellKind,
  cell: Cell,
  row?: 'head' | 'sum' | 'cell',
): string {
  const value = isMarked(cell) ? cell.value : cell
  const mark: CellMark | undefined = isMarked(cell) ? cell.mark : undefined
  const look = mark ?? (row === 'cell' ? 'plain' : row)
  const style = styleOf(kind, look)
  if (value === null || value === undefined || value === '')
    return mark || row ? `<c r="${reference}" s="${style}"/>` : ''
  const number = numberOf(kind, value)
  if (number !== undefined) return `<c r="${reference}" s="${style}"><v>${number}</v></c>`
  return textCell(reference, styleOf(kind === 'digits' ? kind : 'text', look), String(value))
}
