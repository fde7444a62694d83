import { AppError } from '#server/platform/errors.ts'

/** The first message to a process: what it opens itself with. Then tasks. */
export type ToProcess = { opening: unknown } | { task: string; input: unknown }

/** `ready` once, then an answer for each task. */
export type FromProcess = { ready: true } | { answer: unknown } | { failure: PlainFailure }

/** A failure as plain data: codes decide what is made of it, on either side. */
export interface PlainFailure {
  message: string
  stack: string | undefined
  code: string | undefined
  /** Of an expected failure. */
  details?: Record<string, unknown>
}

export function toPlain(error: unknown): PlainFailure {
  if (!(error instanceof Error)) return { message: String(error), stack: undefined, code: undefined }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const plain = { message: error.message, stack: error.stack, code }
  return error instanceof AppError ? { ...plain, details: error.details } : plain
}

export function fromPlain({ message, stack, code, details }: PlainFailure): Error {
  if (details) return new AppError(code as AppError['code'], details)
  const error = Object.assign(new Error(message), code === undefined ? {} : { code })
  if (stack) error.stack = stack
  return error
}
