import { implement, ORPCError } from '@orpc/server'
import { may, reach } from '#contract/access/capabilities.ts'
import { type Masks, masks } from '#contract/access/masks.ts'
import type { Department } from '#contract/common.ts'
import { errorStatus } from '#contract/errors.ts'
import { contract } from '#contract/index.ts'
import { type Auditor, auditorOf } from '../audit.ts'
import { isDatabaseAway, isDiskFull, isDiskReadOnly } from '../database/away.ts'
import { afterwards, type Database } from '../database/db.ts'
import { type DatabaseScope, scopedDatabase } from '../database/scope.ts'
import { AppError } from '../errors.ts'
import type { TableReader } from '../files/table-file.ts'
import type { IdentityPort } from '../identity-port.ts'
import type { Jobs } from '../jobs.ts'
import type { Platform } from '../platform.ts'
import { watched } from '../watch/watched.ts'
import type { HouseholdScope, Requester, TakenPort } from './requester.ts'
import { readEntry, refusedEntry } from './route-audit.ts'

export type { HouseholdScope, Requester }

/**
 * What main passes to the routes; `server/manifest/` adds what modules bring for each other. `demo`: whether demonstration accounts are shown on the sign-in
 * page.
 */
export interface Services extends Platform {
  jobs: Jobs
  identity: IdentityPort
  readTable: TableReader
  taken: TakenPort
  secretLimits: { revealsPerDay: number; breakGlassPerDay: number; breakGlassMinutes: number }
  /** Feeds a department sends; null for all, where an account belongs to none. */
  feedsOf(department: Department | null): readonly string[] | null
  demo: boolean
  /** Who sees to backups: the server by itself, people by command, or the tools of a PostgreSQL of one's own. */
  backups?: 'server' | 'by-hand' | 'own-tools'
}

/** Where a request came from, for the audit and the log. */
export interface RequestOrigin {
  address: string
  userAgent: string
  requestId: string
}

export interface RequestContext {
  services: Services
  /** Undefined on public routes only. */
  requester: Requester | undefined
  origin: RequestOrigin
}

/** What an operation receives: `database` sees what the requester may see, `work` everything, for what follows a decision. */
export interface RequestDeps extends Services {
  work: Database
  audit: Auditor
  masks: Masks
}

export interface SignedInContext {
  deps: RequestDeps
  me: Requester
  scope: HouseholdScope
  /** The same over households granted to the requester alone, wherever they lie: break-glass opens them. */
  granted: { deps: RequestDeps; scope: HouseholdScope }
  /** Ends what it reads in; what is read next begins anew. */
  rest(): Promise<void>
}

const base = implement(contract).$context<RequestContext>()

/** Expected failures become answers here and nowhere else; anything unexpected is logged and answered without its insides. */
const failures = base.middleware(async ({ context, next, path }) => {
  const where = path.join('.')
  return watched('request', where, async () => {
    try {
      return await next()
    } catch (error) {
      if (error instanceof ORPCError) throw error
      throw toAnswer(error, context.services, where, context.origin.requestId)
    }
  })
})

export function toAnswer(
  error: unknown,
  services: Services,
  where: string,
  requestId: string,
): ORPCError<string, unknown> {
  if (error instanceof AppError) {
    return new ORPCError(error.code, {
      status: errorStatus[error.code],
      data: error.details,
      message: error.code,
    })
  }
  const outage = outageOf(error)
  if (outage) {
    services.log.warn({ err: error, where, requestId }, outage.code)
    return toAnswer(outage, services, where, requestId)
  }
  services.log.error({ err: error, where, requestId }, 'request failed')
  return new ORPCError('INTERNAL_SERVER_ERROR', { status: 500, message: 'internal', data: { requestId } })
}

const retryAfterSeconds = 2

/** What is wrong with the place the platform runs at, and not with the request: it may be asked again. */
function outageOf(error: unknown): AppError | undefined {
  if (isDatabaseAway(error)) return new AppError('database-away', { retryAfterSeconds }, error)
  if (isDiskFull(error)) return new AppError('disk-full', { retryAfterSeconds: 60 }, error)
  if (isDiskReadOnly(error)) return new AppError('disk-read-only', { retryAfterSeconds: 60 }, error)
  return undefined
}

/** Public routes: no account. */
export const publicOs = base.use(failures)

/** Every other route: signed in, allowed by the capability its contract names, and written down as its contract says. */
export const os = base.use(failures).use(async ({ context, next, procedure, path }, input) => {
  const { requester, services, origin } = context
  const { capability, audit: kind } = procedure['~orpc'].meta
  const action = path.join('.')
  if (!requester) throw new AppError('not-signed-in')
  const signedIn = contextOf(services, requester, origin)
  const { audit, database } = signedIn.deps
  signedIn.open()
  try {
    requireMay(requester, capability)
    const result = await next({ context: signedIn })
    if (kind === 'read') {
      await services.taken.read(database.db, requester, audit, result.output)
      await audit.record(database.db, readEntry(action, input, result.output, audit.described))
    }
    if (kind === 'change' && !audit.recorded)
      throw new Error(`${action} changed something and wrote nothing down`)
    return result
  } catch (error) {
    const refused = refusedEntry(action, input, error)
    // An operation that counts attempts has written it down itself.
    if (refused && !audit.recorded) await audit.record(database.db, refused)
    throw error
  } finally {
    await signedIn.end()
  }
})

/** What is opened when a request begins and ended when it has been answered: its transaction. */
export interface RequestSpan {
  open(): void
  end(): Promise<void>
}

/** The dependencies of one request, bound to its account. */
export function contextOf(
  services: Services,
  me: Requester,
  origin: RequestOrigin,
): SignedInContext & RequestSpan {
  const actor = { id: me.userId, name: me.username, role: me.role, area: me.area, ...origin }
  const viewOf = (seen: HouseholdScope) =>
    scopedDatabase(services.roles.app, services.roles.work, databaseScope(services, me, seen))
  const scope = householdScope(me)
  const database = viewOf(scope)
  const grantedScope = { from: 100_000_000_000, to: 999_999_999_999, grantee: me.userId }
  const grantedDatabase = viewOf(grantedScope)
  const rest = async () => {
    await database.rest()
    await grantedDatabase.rest()
  }
  const shared = {
    ...services,
    work: afterwards(services.roles.work, rest),
    audit: auditorOf(actor),
    masks: masks[me.role],
  }
  return {
    deps: { ...shared, database },
    me,
    scope,
    granted: { deps: { ...shared, database: grantedDatabase }, scope: grantedScope },
    rest,
    open() {
      database.open()
      grantedDatabase.open()
    },
    async end() {
      await database.end()
      await grantedDatabase.end()
    },
  }
}

type Seen = Pick<SignedInContext, 'deps' | 'scope'>

/**
 * Looks among the households of one's scope, and where there is nothing of that kind among those granted to oneself: so a
 * household opened by break-glass is read like any other, and the entry of the read says so.
 */
export async function orGranted<T>(
  { deps, scope, granted, rest }: SignedInContext,
  look: (seen: Seen) => Promise<T>,
): Promise<T> {
  try {
    return await look({ deps, scope })
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not-found') throw error
    await rest()
    const found = await look(granted)
    deps.audit.describe({ detail: { granted: true } })
    return found
  }
}

function householdScope(me: Requester): HouseholdScope {
  switch (reach[me.role]) {
    case 'area':
      return { ...me.scope, grantee: null }
    case 'granted':
      return { ...me.scope, grantee: me.userId }
    case 'none':
      return { from: 1, to: 0, grantee: null }
  }
}

function databaseScope(services: Services, me: Requester, seen: HouseholdScope): DatabaseScope {
  return {
    ...seen,
    user: me.userId,
    area: me.scope,
    feeds: services.feedsOf(me.department),
    audit: may(me.role, 'audit.read'),
  }
}

/** The requester, if signed in and allowed; throws the answer for the client otherwise. */
export function requireMay(requester: Requester | undefined, capability: string): Requester {
  if (!requester) throw new AppError('not-signed-in')
  if (capability === 'half') return requester
  if (requester.secondFactor === 'required' || requester.secondFactor === 'pending') {
    throw new AppError('second-factor-required')
  }
  if (requester.mustChangePassword) throw new AppError('password-change-required')
  if (capability !== 'any' && !may(requester.role, capability as Parameters<typeof may>[1])) {
    throw new AppError('not-allowed', { capability })
  }
  return requester
}
