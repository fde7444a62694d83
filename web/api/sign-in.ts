import { ORPCError } from '@orpc/client'
import { signInPaths } from '#contract/access/session.ts'
import { noteActivity } from './activity.ts'
import { queryClient } from './client.ts'

interface Failure {
  code?: string
  message?: string
  data?: Record<string, unknown>
}

/** Asks the sign-in; its failures look like those of every other route. */
async function post<T>(path: string, body: Record<string, unknown> = {}): Promise<T> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    credentials: 'same-origin',
    body: JSON.stringify(body),
  })
  const answer: unknown = await response.json().catch(() => ({}))
  if (response.ok) {
    noteActivity()
    return answer as T
  }
  const { code = 'fallback', message, data } = answer as Failure
  const seconds = Number(response.headers.get('retry-after') ?? response.headers.get('x-retry-after'))
  throw new ORPCError(code, {
    message: message ?? code,
    data: { ...(seconds > 0 ? { seconds } : {}), ...data },
  })
}

export interface Enrolment {
  totpURI: string
  backupCodes: string[]
}

/** Answers whether a code must follow. */
export async function signIn(username: string, password: string): Promise<{ needsCode: boolean }> {
  const answer = await post<{ twoFactorRedirect?: boolean }>(signInPaths.signIn, { username, password })
  return { needsCode: answer.twoFactorRedirect === true }
}

export const verifyCode = (code: string) => post(signInPaths.verifyCode, { code })
export const verifyBackupCode = (code: string) => post(signInPaths.verifyBackupCode, { code })
export const enrol = (password: string) => post<Enrolment>(signInPaths.enrol, { password })
export const newBackupCodes = (password: string) =>
  post<Pick<Enrolment, 'backupCodes'>>(signInPaths.newBackupCodes, { password })
export const choosePassword = (fields: {
  username: string
  first: string
  second: string
  password: string
}) => post(signInPaths.choosePassword, fields)
export const changePassword = (currentPassword: string, newPassword: string) =>
  post(signInPaths.changePassword, { currentPassword, newPassword })

export async function goToSingleSignOn(next: string): Promise<void> {
  const { url } = await post<{ url: string }>(signInPaths.singleSignOn, {
    provider: 'sso',
    callbackURL: next,
    errorCallbackURL: '/sign-in',
  })
  location.assign(url)
}

export async function signOut(): Promise<void> {
  await post(signInPaths.signOut)
  queryClient.clear()
  // Whoever leaves on purpose leaves no half-written text behind.
  sessionStorage.clear()
}
