import { birthByDocument, isLong } from '#server/platform/people/documents.ts'
import type { ReasonCode } from './reasons.ts'
import type { Failure, RowRule, Value } from './row-rule.ts'

/** `later` must not lie before `earlier`; `laterHeader` etc. come from the feed, the detail names the earlier column. */
export function inOrder(earlier: string, earlierHeader: string, later: string): RowRule {
  const failure: Failure = { code: 'dates-out-of-order', detail: earlierHeader }
  return {
    keys: [later, earlier],
    check: ([to, from]) =>
      typeof to === 'string' && typeof from === 'string' && to < from ? failure : undefined,
  }
}

/** A column that makes no sense without another: an end without its start. */
export function needs(key: string, other: string, otherHeader: string): RowRule {
  const failure: Failure = { code: 'end-without-start', detail: otherHeader }
  return {
    keys: [key, other],
    check: ([end, start]) => (end !== null && start === null ? failure : undefined),
  }
}

/** The settlement's parts add up to its total within the policy's tolerance; a part left empty counts as nothing. */
export function addsUp(total: string, parts: readonly string[]): RowRule {
  return {
    keys: [total, ...parts],
    check(values, limits) {
      let sum = 0
      for (let i = 1; i < values.length; i++) sum += Number(values[i] ?? 0)
      const gap = Math.abs(Number(values[0]) - sum)
      if (gap <= limits.settlementToleranceFen) return undefined
      return { code: 'parts-differ-from-total', detail: (gap / 100).toFixed(2) }
    },
  }
}

/** A bill has no part below nothing, and what takes one back none above. */
export function oneSign(refund: string, total: string, parts: readonly string[]): RowRule {
  const failure: Failure = { code: 'signs-differ' }
  return {
    keys: [total, refund, ...parts],
    check(values) {
      const isBack = values[1] === true
      for (let i = 0; i < values.length; i++) {
        const fen = values[i]
        if (typeof fen === 'number' && (isBack ? fen > 0 : fen < 0)) return failure
      }
      return undefined
    },
  }
}

export function birthFitsId(birth: string, idNumber: string): RowRule {
  const failure: Failure = { code: 'birth-differs-from-id' }
  return {
    keys: [birth, idNumber],
    check: ([day, id]) =>
      typeof day === 'string' && typeof id === 'string' && !bornThen(id, day) ? failure : undefined,
  }
}

/** Most numbers tell the day; the others, or none, contradict nothing. */
function bornThen(id: string, day: string): boolean {
  if (id.length === 18) return startsWithBirth(day, id) || !isLong(id)
  const born = birthByDocument(id)
  return born === null || born === day
}

function startsWithBirth(day: string, id: string): boolean {
  for (let i = 0, at = 6; i < 10; i++) {
    if (i === 4 || i === 7) continue
    if (day.charCodeAt(i) !== id.charCodeAt(at++)) return false
  }
  return true
}

export function sexFitsId(sex: string, idNumber: string): RowRule {
  const failure: Failure = { code: 'sex-differs-from-id' }
  return {
    keys: [sex, idNumber],
    check: ([value, id]) =>
      typeof id === 'string' &&
      value !== null &&
      isLong(id) &&
      (id.charCodeAt(16) % 2 === 1) !== (value === 'male')
        ? failure
        : undefined,
  }
}

/** The first 18 digits of the certificate are the person's ID number; then category (19th) and grade (20th). */
export function certificateFits(
  certificate: string,
  idNumber: string,
  category: string,
  grade: string,
): RowRule[] {
  const categories = ['visual', 'hearing', 'speech', 'limb', 'intellectual', 'mental', 'multiple']
  return [
    when(
      [certificate, idNumber],
      'certificate-of-another',
      ([card, id]) => !String(card).startsWith(String(id)),
    ),
    when(
      [category, certificate],
      'category-differs-from-certificate',
      ([value, card]) => value !== categories[Number(String(card)[18]) - 1],
    ),
    when(
      [grade, certificate],
      'grade-differs-from-certificate',
      ([value, card]) => value !== String(card)[19],
    ),
  ]
}

/** Any other condition over several columns; the reason is about the first of them. */
export function when(
  keys: readonly [string, ...string[]],
  code: ReasonCode,
  wrong: (values: readonly Value[]) => boolean,
): RowRule {
  const failure: Failure = { code }
  return { keys, check: (values) => (wrong(values) ? failure : undefined) }
}
