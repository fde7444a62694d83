import { birthOf } from '../id-number.ts'
import { maskIdNumber, publicIdNumber } from '../text.ts'

/** Kinds of papers that a person is known by; each number is told from the others by its shape, or by the kind that stands with it. */
export const documentKinds = [
  'resident',
  'hmt-residence',
  'permanent-residence',
  'home-return',
  'taiwan-permit',
  'passport',
  'birth-certificate',
  'military',
  'other',
] as const
export type DocumentKind = (typeof documentKinds)[number]

export interface IdentityDocument {
  kind: DocumentKind
  number: string
}

/** The kind a number shows by itself: upper case, without spaces. An 18-digit number is not looked into any further here. */
export function kindByShape(number: string): DocumentKind | undefined {
  if (/^\d{17}[\dX]$/.test(number)) {
    if (number.startsWith('9')) return 'permanent-residence'
    return /^8[123]0000/.test(number) ? 'hmt-residence' : 'resident'
  }
  if (/^[A-Z]{3}\d{12}$/.test(number)) return 'permanent-residence'
  if (/^[HM]\d{8}(?:\d{2})?$/.test(number)) return 'home-return'
  // Eight digits that begin otherwise may be a day, or what is left of an ID number: the row must say what they are.
  if (/^(?:0\d{7}|\d{10}[A-Z])$/.test(number)) return 'taiwan-permit'
  if (/^[A-Z]\d{9}$/.test(number)) return 'birth-certificate'
  if (/^(?:[A-Z]{1,2}\d{6,8}|[A-Z]{1,2}\d{5,7}[A-Z]|[A-Z]{3}\d{6})$/.test(number)) return 'passport'
  return /^[\u4e00-\u9fff]{1,4}字第?\d{4,9}号?$/.test(number) ? 'military' : undefined
}

/** As it is stored and compared: the number alone where it shows its kind, so that numbers of one shape and two kinds stay apart. */
export function documentText({ kind, number }: IdentityDocument): string {
  return kindByShape(number) === kind ? number : `${kind}:${number}`
}

export function documentOf(text: string): IdentityDocument {
  const at = text.indexOf(':')
  if (at > 0) return { kind: text.slice(0, at) as DocumentKind, number: text.slice(at + 1) }
  return { kind: kindByShape(text) ?? 'other', number: text }
}

/** Whether a stored number is one of 18 digits, which tell birth and sex. */
export const isLong = (text: string) => text.length === 18 && kindByShape(text) !== undefined

/**
 * Date of birth, `YYYY-MM-DD`, where the number tells it. The first form of the permanent residence card, issued from 2004 to 2023,
 * writes the year with two digits.
 */
export function birthByDocument(text: string): string | null {
  if (isLong(text)) return birthOf(text)
  if (!/^[A-Z]{3}\d{12}$/.test(text)) return null
  const year = text.slice(7, 9)
  return `${year <= '23' ? 20 : 19}${year}-${text.slice(9, 11)}-${text.slice(11, 13)}`
}

/** `341221********0019`, or `B1****67`. */
export function maskDocument(text: string): string {
  const { number } = documentOf(text)
  return isLong(number) ? maskIdNumber(number) : maskShort(number)
}

/** As public lists show it. */
export function publicDocument(text: string): string {
  return isLong(text) ? publicIdNumber(text) : maskDocument(text)
}

/** Of any short number the beginning and the end, and never more than half. */
export function maskShort(number: string): string {
  const shown = Math.min(4, Math.floor(number.length / 4))
  return `${number.slice(0, shown)}${'*'.repeat(number.length - 2 * shown)}${number.slice(number.length - shown)}`
}
