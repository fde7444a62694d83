import { type ErrorCode, errorStatus } from '#contract/errors.ts'

/** The auth library's answers, in the words of our contract; whatever is not listed is a bad request. */
const codes: Record<string, ErrorCode> = {
  INVALID_USERNAME_OR_PASSWORD: 'sign-in-failed',
  INVALID_USERNAME: 'sign-in-failed',
  USERNAME_TOO_SHORT: 'sign-in-failed',
  USERNAME_TOO_LONG: 'sign-in-failed',
  'account-unknown': 'sign-in-failed',
  'account-suspended': 'account-suspended',
  INVALID_CODE: 'code-wrong',
  INVALID_BACKUP_CODE: 'code-wrong',
  INVALID_TWO_FACTOR_COOKIE: 'challenge-ended',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'challenge-ended',
  TOTP_NOT_ENABLED: 'challenge-ended',
  ACCOUNT_TEMPORARILY_LOCKED: 'sign-in-locked',
  TOTP_ALREADY_ENABLED: 'account-state',
  INVALID_PASSWORD: 'password-wrong',
  PASSWORD_TOO_SHORT: 'password-weak',
  PASSWORD_TOO_LONG: 'password-weak',
  UNAUTHORIZED: 'not-signed-in',
  'too-many-requests': 'too-many-requests',
}

export function codeOf(status: number, body: Record<string, unknown>): ErrorCode {
  if (status === 429 && body.code === undefined) return 'too-many-requests'
  const code = codes[String(body.code)]
  if (code) return code
  return status === 401 ? 'not-signed-in' : 'bad-request'
}

export function problem(code: ErrorCode, data?: Record<string, unknown>): Response {
  return Response.json({ code, message: code, ...(data ? { data } : {}) }, { status: errorStatus[code] })
}

/** A failed single sign-on comes back to the sign-in page with one of three words. */
export function extractFailure(location: string): { location: string; failure: string | undefined } {
  const url = new URL(location, 'http://here.invalid')
  const error = url.searchParams.get('error')
  if (!error) return { location, failure: undefined }
  const unknown = ['account-unknown', 'signup_disabled', 'account_not_linked', 'unable_to_link_account']
  const failure = unknown.includes(error)
    ? 'account-unknown'
    : error === 'account-suspended'
      ? error
      : 'single-sign-on-failed'
  return { location: `/sign-in?error=${failure}`, failure }
}
