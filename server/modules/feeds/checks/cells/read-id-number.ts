import { widenIdNumber } from '#server/platform/id-number.ts'
import {
  type DocumentKind,
  documentOf,
  documentText,
  isLong,
  kindByShape,
} from '#server/platform/people/documents.ts'
import type { ReasonCode } from '../../definitions/rows/reasons.ts'
import type { Failure, Value } from '../../definitions/rows/row-rule.ts'
import { fail, isMangled, mangled, type ReadCell } from './cells.ts'
import { faultOf, faultOfOldCard } from './id-number.ts'
import { foldLastX } from './look-alikes.ts'

const faults = {
  'id-characters': fail('id-characters'),
  'id-check-digit': fail('id-check-digit'),
  'id-rounded': fail('id-rounded'),
  'id-region': fail('id-region'),
  'id-birth': fail('id-birth'),
} as const satisfies Partial<Record<ReasonCode, Failure>>

/** What people put between the digits: a quote that keeps Excel from rounding, spaces, dashes. */
const bare = (cell: string) => cell.replace(/[\s'"‘’“”`\-_=]/g, '').toUpperCase()

/** 身份证：34…, 34…（户主）, 34….: what stands around a number and says nothing of whose it is. */
const labels = /^[\u4e00-\u9fff]*(?:证|证件|身份|护照|号|码|编号)[:;,.]?(?=[^\u4e00-\u9fff])/
const notes = /\((?:户主|本人|身份证|[一二]代证?|新证?|旧证?|长期)\)$/
const around = (number: string) =>
  foldLastX(
    number
      .replace(notes, '')
      .replace(/[.,;:。、]+$/, '')
      .replace(labels, '')
      .replace(/\(([A-Z])\)$/, '$1'),
  )

const kindDiffers = fail('id-kind-differs')

/** Kinds whose numbers have no one shape, taken at the row's word: a passport of nine digits, a paper nobody thought of. */
const free: ReadonlySet<DocumentKind> = new Set([
  'passport',
  'taiwan-permit',
  'birth-certificate',
  'military',
  'other',
])

/** Words for a number nobody has yet: a newborn, a spouse from abroad whose papers are on their way. */
const none =
  /^(?:暂?无|没有|未办理?|未上户|未落户|新生儿|不详|待[办补]|办理中|无证件?|暂?无(?:身份证|证件)号?码?)$/
export const isNoNumber = (cell: string) => none.test(cell)

/**
 * A number of any paper, from the forms found in files: 15 digits, a lower-case x, a disability certificate. `stated` is the kind of
 * paper, where the row says it.
 */
export function readIdNumber(today: string): (cell: string, stated?: DocumentKind) => Value | Failure {
  const failed = (fault: ReasonCode) => faults[fault as keyof typeof faults] ?? fail(fault)
  const long = (id: string): Value | Failure => {
    const fault = faultOf(id, today)
    return fault === undefined ? id : failed(fault)
  }
  const any = (number: string): Value | Failure => {
    if (isMangled(number)) return mangled
    if (number.length === 18 && /^\d{16}/.test(number)) return long(number)
    if (/^\d{15}$/.test(number)) return long(widenIdNumber(number))
    if (/^\d{17}[\dX][0-9A-Z]{2}(?:[0-9A-Z]{2})?$/.test(number)) return long(number.slice(0, 18))
    if (kindByShape(number) === undefined)
      return number.length === 15 || number.length === 18
        ? faults['id-characters']
        : fail('id-length', String(number.length))
    const fault = /^[A-Z]{3}\d{12}$/.test(number) ? faultOfOldCard(number) : undefined
    return fault === undefined ? number : failed(fault)
  }
  return (cell, stated) => {
    if (cell.length === 18 && stated === undefined && faultOf(cell, today) === undefined) return cell
    const number = around(bare(cell))
    const read = any(number)
    // 18 digits tell their kind themselves, whatever word stands beside them.
    if (stated === undefined || (typeof read === 'string' && isLong(read))) return read
    const kind = typeof read === 'string' ? documentOf(read).kind : undefined
    if (kind === stated) return read
    if (!free.has(stated)) return kind === undefined ? read : kindDiffers
    return /^[0-9A-Z\u4e00-\u9fff]{5,20}$/.test(number) ? documentText({ kind: stated, number }) : read
  }
}

const certificateDigits = fail('certificate-digits')

/** A disability certificate: ID number, category 1–7, grade 1–4, and two more characters when it was issued again. */
export function readDisabilityCard(today: string): ReadCell {
  return (cell) => {
    const card = around(bare(cell))
    if (isMangled(card)) return mangled
    if (card.length !== 20 && card.length !== 22) return fail('certificate-length', String(card.length))
    const fault = faultOf(card.slice(0, 18), today)
    if (fault !== undefined) return fail(fault)
    return /^[1-7][1-4](?:[0-9A-Z]{2})?$/.test(card.slice(18)) ? card : certificateDigits
  }
}
