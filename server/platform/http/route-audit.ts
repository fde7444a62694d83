import type { AuditEntry } from '../audit.ts'
import { AppError } from '../errors.ts'
import { maskTexts } from '../text.ts'

type Fields = Record<string, unknown>
const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {}
const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** What is written down about a successful read: what was requested, how much came back, and whose household it was. */
export function readEntry(
  action: string,
  input: unknown,
  output: unknown,
  described: Partial<AuditEntry>,
): AuditEntry {
  const answer = fieldsOf(output)
  const household = action === 'households.get' ? textOf(answer.ref) : textOf(fieldsOf(answer.household).ref)
  const count = Array.isArray(answer.rows) ? answer.rows.length : undefined
  return {
    ...describeCall(action, input),
    ...(household ? { household } : {}),
    ...(count === undefined ? {} : { count }),
    ...described,
  }
}

const refusals = new Set(['not-allowed', 'not-found', 'same-person', 'second-factor-required'])

/** What is written down about a call that was refused for its requester; other failures are the caller's own affair. */
export function refusedEntry(action: string, input: unknown, error: unknown): AuditEntry | undefined {
  if (!(error instanceof AppError) || !refusals.has(error.code)) return undefined
  const { object } = describeCall(action, input)
  // What a refused call carried may be a secret; what it was about is enough.
  return { action, ...(object ? { object } : {}), outcome: 'refused', detail: { code: error.code } }
}

function describeCall(action: string, input: unknown): AuditEntry & { detail?: Fields } {
  const fields = fieldsOf(input)
  const ref = textOf(fields.ref) ?? textOf(fields.id)
  const rest = Object.fromEntries(
    Object.entries(fields)
      .filter(([key, value]) => key !== 'ref' && key !== 'id' && value !== undefined)
      .map(([key, value]) => [key, maskTexts(value)]),
  )
  return {
    action,
    ...(ref ? { object: { kind: action.split('.')[0] ?? action, ref } } : {}),
    ...(Object.keys(rest).length > 0 ? { detail: rest } : {}),
  }
}
