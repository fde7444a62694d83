import type { Failure, Value } from '../../definitions/rows/row-rule.ts'
import { foldLookAlikes } from './look-alikes.ts'

/**
 * Reads one cell; `stated` is what another column says of its kind. Failures are shared objects, so a sound row allocates nothing but its
 * values.
 */
export type ReadCell = (cell: string, stated?: string) => Value | Failure

export const fail = (code: Failure['code'], detail?: string): Failure => Object.freeze({ code, detail })

/** The cell with full-width digits and letters made narrow, and spaces and the `="…"` of exports gone around it. */
export function clean(cell: string): string {
  for (let i = 0; i < cell.length; i++) {
    const code = cell.charCodeAt(i)
    if (code <= 0x20 || (code > 0x7e && (code < 0x4e00 || code > 0x9fff))) return unwrap(scrub(cell))
  }
  return unwrap(cell)
}

function unwrap(cell: string): string {
  const first = cell.charCodeAt(0)
  if (first !== 0x3d && first !== 0x27) return cell
  return cell.replace(/^'|^="?|"$/g, '')
}

/** Marks of footnotes and of lists, which folding would make digits of: 18600² is not 186002, ① no amount of 1. */
const raised = /([\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209c\u2460-\u24ff\u2776-\u2793\u3251-\u32bf]+)/

function scrub(cell: string): string {
  const folded = cell.split(raised).map((part, i) => (i % 2 === 0 ? part.normalize('NFKC') : part))
  return foldLookAlikes(folded.join(''))
    .replace(/[\p{Cf}\ufeff]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
}

const blanks = new Set(['-', '--', '—', '——', '/', '\\', '\\N', 'NULL', 'null', 'N/A', 'nan', 'NaN', '空'])

/** Whether a cleaned cell is empty: departments write that in many ways. */
export function isBlank(cell: string): boolean {
  return cell === '' || (cell.length <= 4 && blanks.has(cell))
}

/** Digits that Excel turned into `3.41221E+17`: the last ones are lost for good. */
export function isMangled(cell: string): boolean {
  return /^\d(?:\.\d{1,15})?E\+?\d{1,2}$/i.test(cell)
}

export const mangled = fail('id-mangled')

/** Free text and numbers of documents; 无 in an optional cell counts as empty. */
export function readText(maximum: number, isRequired: boolean): ReadCell {
  const tooLong = fail('too-long', String(maximum))
  return (cell) => {
    if (cell.length > maximum) return tooLong
    if (cell === '无' && !isRequired) return null
    return cell.includes('E+') && isMangled(cell) ? mangled : cell
  }
}

const phoneForm = fail('phone-form')

export function readPhone(cell: string): Value | Failure {
  const digits = cell.replace(/[\s\-()+]/g, '').replace(/^0{0,2}86(?=1\d{10}$)/, '')
  return /^(?:1\d{10}|0\d{9,11}|[2-8]\d{6,7})$/.test(digits) ? digits : phoneForm
}

const bankCardForm = fail('bank-card-form')

export function readBankCard(cell: string): Value | Failure {
  const digits = cell.replace(/[\s-]/g, '')
  return /^\d{12,19}$/.test(digits) ? digits : bankCardForm
}

const divisionForm = fail('division-form')

export function readDivision(cell: string): Value | Failure {
  if (cell.length !== 12) return divisionForm
  let code = 0
  for (let i = 0; i < 12; i++) {
    const digit = cell.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return divisionForm
    code = code * 10 + digit
  }
  return code < 110_000_000_000 || code % 1000 === 0 ? divisionForm : code
}
