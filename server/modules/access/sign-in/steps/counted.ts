import type { ErrorCode } from '#contract/errors.ts'
import type { AuditEntry } from '#server/platform/audit.ts'
import type { Requester, RequestOrigin } from '#server/platform/http/rpc.ts'
import { beginAttempt, forgetAttempts, uncountAttempt } from '../attempts.ts'
import type { Passage } from '../auth.ts'
import type { Identity } from '../identity.ts'
import { recordSignIn } from './sign-in-audit.ts'

export interface Step {
  failure?: ErrorCode | undefined
  data?: Record<string, unknown>
  answer?: Record<string, unknown>
  cookies?: string[]
}

/** One request to the sign-in: whose, with what, and the library to call. */
export interface Visit {
  identity: Identity
  origin: RequestOrigin
  me: Requester | undefined
  headers: Record<string, unknown>
  body: Record<string, string>
  way: Passage
  call(fields: Record<string, unknown>): Promise<Required<Pick<Step, 'answer' | 'cookies'>> & Step>
}

const guesses = new Set<ErrorCode>(['sign-in-failed', 'password-wrong', 'code-wrong', 'enrolment-wrong'])

/** Counts the attempt before it is made; a success forgets all, what was no guess is not counted. Every failure is written down. */
export async function counted(
  visit: Visit,
  what: string,
  about: { who: { userId: string } | { username: string }; action: string },
  work: () => Promise<Step>,
): Promise<Step> {
  const { identity, origin } = visit
  const { db } = identity.database
  const key = identity.attemptKey(what)
  const refuse = async (code: ErrorCode, data?: { minutes: number }): Promise<Step> => {
    const entry: AuditEntry = { action: about.action, outcome: 'refused', detail: { code } }
    await recordSignIn(db, origin, about.who, entry)
    return { failure: code, ...(data ? { data } : {}) }
  }
  const attempt = await beginAttempt(db, key, identity.limits)
  if (!attempt.allowed) {
    return attempt.why === 'locked'
      ? refuse('sign-in-locked', { minutes: attempt.minutes })
      : refuse('too-many-requests')
  }
  const step = await work()
  if (step.failure === undefined) {
    await forgetAttempts(db, [key])
    return step
  }
  if (!guesses.has(step.failure)) {
    // Never more than this one: else a request that is refused for its form would buy as many guesses again.
    await uncountAttempt(db, key)
    await refuse(step.failure)
    return step
  }
  await refuse(step.failure)
  if (!attempt.failing) return step
  await recordSignIn(db, origin, about.who, {
    action: 'session.lock',
    detail: { failures: identity.limits.lockoutFailures },
  })
  return { failure: 'sign-in-locked', data: { minutes: identity.limits.lockoutMinutes } }
}
