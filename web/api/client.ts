import { createORPCClient, ORPCError } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import type { JsonifiedClient } from '@orpc/openapi-client'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { QueryClient } from '@tanstack/react-query'
import { backgroundHeader } from '#contract/access/session.ts'
import { contract } from '#contract/index.ts'
import { noteActivity } from './activity.ts'

interface CallContext {
  /** The page calls by itself; it does not show that somebody is there. */
  background?: boolean
}

/** Milliseconds after which an answer is no longer waited for: far beyond the slowest question there is. */
const answerWithin = 120_000

const link = new OpenAPILink<CallContext>(contract, {
  url: `${location.origin}/api`,
  headers: ({ context }) => (context.background ? { [backgroundHeader]: '1' } : {}),
  fetch: async (request, init, { context }) => {
    const response = await fetch(request, {
      ...init,
      credentials: 'same-origin',
      // An answer that does not come is said; whoever waits can ask again.
      signal: AbortSignal.any([request.signal, AbortSignal.timeout(answerWithin)]),
    })
    if (response.ok && !context.background) noteActivity()
    return response
  },
})

/** The typed client: `api.clues.list({ area })`; what polls adds `{ context: { background: true } }`. */
export const api: JsonifiedClient<ContractRouterClient<typeof contract, CallContext>> = createORPCClient(link)

/** The code of a failure, for its translated text; `offline` when nobody was reached, `timed-out` when no answer came in time. */
export function errorCode(error: unknown): string {
  // What fails a route's schema is answered with the library's own code.
  if (error instanceof ORPCError) return error.code === 'BAD_REQUEST' ? 'bad-request' : error.code
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'timed-out'
  return error instanceof TypeError ? 'offline' : 'fallback'
}

const lostCodes = new Set(['offline', 'database-away'])

/** Whether a failure says only that the server, or its database, could not be reached: later the same is answered. */
export const isLost = (error: unknown) => lostCodes.has(errorCode(error))

export function errorDetails(error: unknown): Record<string, unknown> {
  return error instanceof ORPCError && typeof error.data === 'object' ? { ...error.data } : {}
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      // What the server refused it will refuse again; a lost connection is tried until it is back.
      retry: (_count, error) => isLost(error),
      retryDelay: (count) => Math.min(8000, 1000 * 2 ** count),
      // The browser's own word for being offline is a guess; asking is not.
      networkMode: 'always',
    },
  },
})
