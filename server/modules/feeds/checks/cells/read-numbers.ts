import { yuan } from '#contract/feeds/money-units.ts'
import { fenOfWords } from '../../units/amount-words.ts'
import { foreignCurrency, readUnitWord } from '../../units/unit-words.ts'
import { clean, fail, isBlank, type ReadCell } from './cells.ts'

const moneyForm = fail('money-form')
const numberForm = fail('number-form')
const notWhole = fail('not-whole')
const currencyForeign = fail('currency-foreign')

const grouped = /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/
const plain = /^-?(?:\d+\.?\d*|\.\d+)(?:E[+-]?\d{1,2})?$/i

/** A number as written in files, thousands separated or not; NaN where it is none. */
function numberOf(cell: string): number {
  if (plain.test(cell)) return Number(cell)
  return grouped.test(cell) ? Number(cell.replaceAll(',', '')) : Number.NaN
}

interface Bounds {
  min?: number
  max?: number
}

/** Ten billion yuan: beyond it a cell is a slip, and sums of fen stay exact far below 2^53. */
const mostYuan = 10_000_000_000

/**
 * Money to whole fen, from the unit its column is in (decimal places above fen) or the one written in the cell itself. The point is moved
 * in the decimal text, so nothing is lost on the way; beyond a fen Excel's noise is rounded away. Figures of another country's currency
 * are no amounts.
 */
export function readMoney({ min, max = mostYuan }: Bounds, digits: number): ReadCell {
  const tooSmall = fail('too-small', String(min))
  const tooLarge = fail('too-large', String(max))
  const inBounds = (fen: number) =>
    min !== undefined && fen < min * 100 ? tooSmall : Math.abs(fen) > max * 100 ? tooLarge : fen
  return (cell) => {
    const fast = digits === yuan ? simpleFen(cell) : -1
    if (fast >= 0) return inBounds(fast)
    const parts = amount.exec(cell.replaceAll(' ', ''))
    if (!parts) {
      const fen = fenOfWords(cell)
      if (fen !== undefined) return inBounds(fen)
      return foreignCurrency(cell) === undefined ? moneyForm : currencyForeign
    }
    const [, open, before = '', number = '', exponent, unit, currency, behind, close] = parts
    if ((open === undefined) !== (close === undefined)) return moneyForm
    const written = unit === undefined ? undefined : readUnitWord(unit, true)
    if (written !== undefined && !('digits' in written)) return moneyForm
    // RMB 10000 is 10,000 yuan and no other unit; a mere ¥ is how programs show amounts in whatever unit.
    if (written === undefined && digits !== yuan && /[A-Z人]/i.test(before + (currency ?? '')))
      return moneyForm
    // --500 may be a slip or a dash, 1200.- is a price of 1200.
    const signs = before.match(/[-−+负△▲]/g)?.length ?? 0
    if (signs + (behind === undefined ? 0 : 1) > 1 || (behind !== undefined && /\.$/.test(number)))
      return moneyForm
    const isBack = open !== undefined || /[-−负△▲]/.test(before) || behind !== undefined
    const fen = movedPoint(number.replaceAll(',', ''), Number(exponent ?? 0) + (written?.digits ?? digits))
    return inBounds(isBack && fen !== 0 ? -fen : fen)
  }
}

/** `1,234.5`, `¥1.86万元`, `-500`, and what goes back as accountants write it: `(500.00)`, `500-`, `△500`. */
const amount =
  /^(\()?((?:[¥￥]|(?:RMB|CNY|人民币):?|[-−+负△▲])*)(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.?\d*|\.\d+)(?:E([+-]?\d{1,2}))?([十百千万亿]*[元圆块]整?|[十百千万亿]+|角|分)?(RMB|CNY|人民币)?([-−])?(\))?$/i

/** The decimal number `text` × 10^`places`, rounded to a whole one, half away from zero. */
function movedPoint(text: string, places: number): number {
  const point = text.indexOf('.')
  // A nought in front for what rounding may carry.
  const whole = `0${point < 0 ? text : text.slice(0, point)}`
  // At most 15 digits of a double are real; what follows is noise of the program that wrote them.
  const figures = realDigits(point < 0 ? whole : whole + text.slice(point + 1))
  const end = whole.length + places
  if (end < 0) return 0
  const kept = Number(figures.slice(0, end).padEnd(end, '0') || '0')
  return figures.charCodeAt(end) >= 0x35 ? kept + 1 : kept
}

function realDigits(figures: string): string {
  const from = figures.search(/[1-9]/)
  if (from < 0 || figures.length - from <= 15) return figures
  const real = Number(`0.${figures.slice(from)}`).toPrecision(15)
  const carried = real.startsWith('1')
  const digits = real.slice(2)
  return carried ? `${figures.slice(0, Math.max(from - 1, 0))}1${digits}` : figures.slice(0, from) + digits
}

/** `1234`, `1234.5` and `1234.56` digit by digit, which nearly every cell is; -1 for anything else. */
function simpleFen(cell: string): number {
  if (cell.length > 13) return -1
  let fen = 0
  let decimals = -1
  for (let i = 0; i < cell.length; i++) {
    const digit = cell.charCodeAt(i) - 48
    if (digit >= 0 && digit <= 9) {
      fen = fen * 10 + digit
      if (decimals >= 0) decimals++
    } else if (digit === -2 && decimals < 0 && i > 0) {
      decimals = 0
    } else {
      return -1
    }
  }
  if (decimals > 2) return -1
  return decimals <= 0 ? fen * 100 : decimals === 1 ? fen * 10 : fen
}

/** A whole number (`3`, `3.0`) or, for `decimal`, any number. */
export function readNumber({ min, max }: Bounds, whole: boolean): ReadCell {
  const tooSmall = fail('too-small', String(min))
  const tooLarge = fail('too-large', String(max))
  return (cell) => {
    const number = numberOf(cell)
    if (Number.isNaN(number)) return numberForm
    if (whole && !Number.isInteger(number)) return notWhole
    if (min !== undefined && number < min) return tooSmall
    return max !== undefined && number > max ? tooLarge : number
  }
}

/** An amount for the eye, before anybody said what the column is: fen, null for a text that is none, undefined for an empty cell. */
export function readAmount(cell: string, digits: number): number | null | undefined {
  const text = clean(cell)
  if (isBlank(text)) return undefined
  const value = readMoney({}, digits)(text)
  return typeof value === 'number' ? value : null
}
