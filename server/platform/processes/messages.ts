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
  /** What it came of: a driver's word for a database that is away often stands there alone. */
  cause?: PlainFailure
}

/** Causes that are followed; one that leads back to itself ends there. */
const mostCauses = 5

export function toPlain(error: unknown, causes = mostCauses): PlainFailure {
  if (!(error instanceof Error)) return { message: String(error), stack: undefined, code: undefined }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  const from = causes > 0 && error.cause !== undefined ? { cause: toPlain(error.cause, causes - 1) } : {}
  const plain = { message: error.message, stack: error.stack, code, ...from }
  return error instanceof AppError ? { ...plain, details: error.details } : plain
}

export function fromPlain({ message, stack, code, details, cause: plainCause }: PlainFailure): Error {
  const cause = plainCause && fromPlain(plainCause)
  if (details) return new AppError(code as AppError['code'], details, cause)
  const error = Object.assign(new Error(message, { cause }), code === undefined ? {} : { code })
  if (stack) error.stack = stack
  return error
}
