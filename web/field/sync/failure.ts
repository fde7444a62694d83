import { ORPCError } from '@orpc/client'
import type { Visit } from '#contract/work/visits.ts'
import { errorCode, errorDetails } from '#web/api/client.ts'
import type { Failure } from '../work/outbox.ts'

/** What an outbox must know of a failure. */
export function toFailure(error: unknown): Failure {
  const { received, present, retryAfterSeconds: seconds } = errorDetails(error)
  const isServers = error instanceof ORPCError && error.status >= 500
  return {
    code: isServers ? 'fallback' : errorCode(error),
    ...(typeof received === 'number' ? { received } : {}),
    ...(typeof seconds === 'number' ? { seconds } : {}),
    ...(typeof present === 'object' && present !== null ? { present: present as Visit } : {}),
  }
}

/** What is no answer of ours, such as the page of a network one must sign in to, however well it came. */
export const noAnswer = () => new ORPCError('fallback', { status: 502 })
