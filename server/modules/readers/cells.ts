import { cleanGuard } from '#contract/csv.ts'

/** Neither white space nor the start or end of a wrapping: cells that begin and end so are clean as they are. */
function isPlain(code: number) {
  return (
    (code > 0x20 && code < 0x7f && code !== 0x3d && code !== 0x22 && code !== 0x27) ||
    (code > 0x3000 && code < 0xd800)
  )
}

const edges = /^[\s\0\u200b-\u200f\u2060\ufeff]+|[\s\0\u200b-\u200f\u2060\ufeff]+$/g

/** Trims (full-width and invisible blanks too) and unwraps `="341221…"` and `'341221…`, which keep digits from Excel. */
export function cleanCell(text: string): string {
  const { length } = text
  if (length === 0 || (isPlain(text.charCodeAt(0)) && isPlain(text.charCodeAt(length - 1)))) return text
  const trimmed = text.replace(edges, '')
  if (trimmed.startsWith('="') && trimmed.endsWith('"') && trimmed.length > 2) {
    return trimmed.slice(2, -1).replaceAll('""', '"').replace(edges, '')
  }
  return cleanGuard(trimmed)
}

/**
 * What stands for a formula without a stored result: the formula, with an invisible mark (U+2061, function application) behind the
 * `=` that tells it from a text which begins so.
 */
export function unanswered(formula: string): string {
  return `=\u2061${formula.replace(/^=/, '')}`
}

/** A number of a workbook as its text, all digits kept: at most 15 are real in a double, and Excel shows no more. */
export function numberText(raw: string): string {
  if (raw.length <= 15 && /^-?\d+(\.\d*[1-9])?$/.test(raw)) return raw
  const value = Number(raw)
  if (raw.trim() === '' || !Number.isFinite(value)) return raw
  if (Math.abs(value) >= 1e15) return keepsAllDigits(raw, value) ? raw : roundedText(value)
  const text = String(Number(value.toPrecision(15)))
  return text.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : text
}

/**
 * Some programs write whole numbers digit by digit, past what a double holds. The digits are real when they are neither the
 * shortest nor the exact print of the double.
 */
function keepsAllDigits(raw: string, value: number) {
  return /^\d{16,20}$/.test(raw) && raw !== String(value) && BigInt(raw) !== BigInt(value)
}

/** As Excel shows it: 3.41221E+17. */
function roundedText(value: number) {
  const [mantissa = '', exponent = ''] = value.toExponential(5).split('e')
  return `${Number(mantissa)}E${exponent}`
}

/** Whether a cell holds a number whose last digits Excel has thrown away (`3.41221E+17`). */
export function hasLostDigits(text: string): boolean {
  return /^[+-]?\d(\.\d+)?E\+?\d{2,}$/i.test(text)
}

/** One line, without the blanks people put between Chinese characters to fill a cell, and without marks of "required". */
export function cleanHeader(text: string): string {
  return cleanCell(text)
    .replace(/[\s\u3000]+/g, ' ')
    .replace(/(?<=[^\x20-\x7e]) | (?=[^\x20-\x7e])/g, '')
    .replace(/^[*＊]\s*|\s*[*＊]$/g, '')
}
