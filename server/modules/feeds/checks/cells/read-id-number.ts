import { widenIdNumber } from '#server/platform/id-number.ts'
import type { ReasonCode } from '../../definitions/rows/reasons.ts'
import type { Failure, Value } from '../../definitions/rows/row-rule.ts'
import { fail, isMangled, mangled, type ReadCell } from './cells.ts'
import { faultOf } from './id-number.ts'

const faults = {
  'id-characters': fail('id-characters'),
  'id-check-digit': fail('id-check-digit'),
  'id-rounded': fail('id-rounded'),
  'id-region': fail('id-region'),
  'id-birth': fail('id-birth'),
} as const satisfies Partial<Record<ReasonCode, Failure>>

/** What people put between the digits: a quote that keeps Excel from rounding, spaces, dashes. */
const bare = (cell: string) => cell.replace(/[\s'"‘’“”`\-_=]/g, '').toUpperCase()

/** An 18-digit ID number from the forms found in files: 15 digits, a lower-case x, a disability certificate. */
export function readIdNumber(today: string): ReadCell {
  const sound = (id: string): Value | Failure => {
    const fault = faultOf(id, today)
    return fault === undefined ? id : (faults[fault as keyof typeof faults] ?? fail(fault))
  }
  return (cell) => {
    if (cell.length === 18 && cell.charCodeAt(17) < 0x61 && cell.charCodeAt(1) !== 0x2e) return sound(cell)
    const id = bare(cell)
    if (id.length === 18 && !isMangled(id)) return sound(id)
    if (isMangled(id)) return mangled
    if (id.length === 15) return /^\d+$/.test(id) ? sound(widenIdNumber(id)) : faults['id-characters']
    if (id.length === 20 || id.length === 22) return sound(id.slice(0, 18))
    return fail('id-length', String(id.length))
  }
}

const certificateDigits = fail('certificate-digits')

/** A disability certificate: ID number, category 1–7, grade 1–4, and two more characters when it was issued again. */
export function readDisabilityCard(today: string): ReadCell {
  return (cell) => {
    const card = bare(cell)
    if (isMangled(card)) return mangled
    if (card.length !== 20 && card.length !== 22) return fail('certificate-length', String(card.length))
    const fault = faultOf(card.slice(0, 18), today)
    if (fault !== undefined) return fail(fault)
    return /^[1-7][1-4](?:[0-9A-Z]{2})?$/.test(card.slice(18)) ? card : certificateDigits
  }
}
