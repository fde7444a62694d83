import { AppError } from '#server/platform/errors.ts'
import type { FileProblem, UnreadableReason } from './types.ts'

export function unreadable(reason: UnreadableReason, details: Record<string, unknown> = {}, cause?: unknown) {
  return new AppError('file-unreadable', { reason, ...details }, cause)
}

/** The problem a reader threw, as a value; undefined for anything that is not the file's fault. */
export function problemOf(error: unknown): FileProblem | undefined {
  if (!(error instanceof AppError)) return undefined
  const { code, details } = error
  if (code === 'file-empty' || code === 'header-not-found') return { code, details }
  return code === 'file-unreadable' ? { code, details: details as { reason: UnreadableReason } } : undefined
}
