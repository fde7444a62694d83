import type { ErrorCode } from '#contract/errors.ts'

/** The one error operations throw. `details` fills the translated text; it never carries personal data. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: Record<string, unknown>

  constructor(code: ErrorCode, details: Record<string, unknown> = {}, cause?: unknown) {
    super(`${code} ${JSON.stringify(details)}`, { cause })
    this.name = 'AppError'
    this.code = code
    this.details = details
  }
}
