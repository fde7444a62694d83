import { implement, ORPCError } from '@orpc/server'
import { may, type Role } from '#contract/capabilities.ts'
import type { Department } from '#contract/common.ts'
import { errorStatus } from '#contract/errors.ts'
import { contract } from '#contract/index.ts'
import { AppError } from './errors.ts'
import type { IntakeHooks } from './intake-hooks.ts'
import type { Jobs } from './jobs.ts'
import type { Platform } from './platform.ts'

/** The account behind a request: what it is and where it may look. */
export interface Requester {
  userId: string
  name: string
  username: string
  role: Role
  department: Department | null
  area: number
  /** Inclusive range of division codes the account may see. */
  scope: { from: number; to: number }
}

/** What main hands to the routes. `demo` tells whether demonstration accounts are shown on the sign-in page. */
export interface Services extends Platform {
  jobs: Jobs
  intake: IntakeHooks
  demo: boolean
}

export interface RequestContext {
  services: Services
  /** Undefined on public routes only. */
  requester: Requester | undefined
}

interface SignedInContext {
  deps: Services
  me: Requester
  scope: { from: number; to: number }
}

const base = implement(contract).$context<RequestContext>()

/** Expected failures become answers here and nowhere else; anything unexpected is logged and told without its insides. */
const failures = base.middleware(async ({ context, next, path }) => {
  try {
    return await next()
  } catch (error) {
    if (error instanceof ORPCError) throw error
    throw toAnswer(error, context.services, path.join('.'))
  }
})

export function toAnswer(error: unknown, services: Services, where: string): ORPCError<string, unknown> {
  if (error instanceof AppError) {
    return new ORPCError(error.code, {
      status: errorStatus[error.code],
      data: error.details,
      message: error.code,
    })
  }
  services.log.error({ err: error, where }, 'request failed')
  return new ORPCError('INTERNAL_SERVER_ERROR', { status: 500, message: 'internal' })
}

/** Public routes: no account. */
export const publicOs = base.use(failures)

/** Every other route: signed in, and allowed by the capability its contract names. */
export const os = base.use(failures).use(async ({ context, next, procedure }) => {
  const me = requireMay(context.requester, procedure['~orpc'].meta.capability)
  const signedIn: SignedInContext = { deps: context.services, me, scope: me.scope }
  return next({ context: signedIn })
})

/** The requester, if signed in and allowed; throws what the client is told otherwise. */
export function requireMay(requester: Requester | undefined, capability: string): Requester {
  if (!requester) throw new AppError('not-signed-in')
  if (capability !== 'any' && !may(requester.role, capability as Parameters<typeof may>[1])) {
    throw new AppError('not-allowed', { capability })
  }
  return requester
}
