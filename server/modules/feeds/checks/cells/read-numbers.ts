import { fail, type ReadCell } from './cells.ts'

const moneyForm = fail('money-form')
const numberForm = fail('number-form')
const notWhole = fail('not-whole')

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

/** Money in yuan (or 万元) to whole fen; beyond two decimals Excel's noise is rounded away. */
export function readMoney({ min, max = mostYuan }: Bounds, yuanPerUnit: number): ReadCell {
  const tooSmall = fail('too-small', String(min))
  const tooLarge = fail('too-large', String(max))
  const inBounds = (fen: number) =>
    min !== undefined && fen < min * 100 ? tooSmall : fen > max * 100 ? tooLarge : fen
  return (cell) => {
    const fast = yuanPerUnit === 1 ? simpleFen(cell) : -1
    if (fast >= 0) return inBounds(fast)
    const bare = cell.replace(/^(?:[¥￥]|RMB|人民币)\s*/i, '')
    const inWan = /万元?$/.test(bare)
    const number = numberOf(bare.replace(/\s*(?:万元|万|元整|元|圆)$/, '').replaceAll(' ', ''))
    if (Number.isNaN(number)) return moneyForm
    return inBounds(roundFen(number * (inWan ? 10_000 : yuanPerUnit)))
  }
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

/** Half away from zero, on the decimal number rather than its binary neighbour (1.005 is 101 fen). */
function roundFen(yuan: number): number {
  return Math.sign(yuan) * Math.round(Number((Math.abs(yuan) * 100).toPrecision(15)))
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
