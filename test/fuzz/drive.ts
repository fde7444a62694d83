import { randomUUID } from 'node:crypto'
import { makeSignature } from 'better-auth/crypto'
import type { FastifyInstance } from 'fastify'
import { may } from '#contract/access/capabilities.ts'
import type { RouteMeta } from '#contract/route.ts'
import { streams } from '#contract/streams.ts'
import type { RouteName } from '#server/manifest/leak-questions.ts'
import type { Identity } from '#server/modules/access/index.ts'
import type { Database } from '#server/platform/database/db.ts'
import { metaOf, pickerFor, withoutObjects } from '#test/leaks/drive.ts'
import type { Random } from '#test/leaks/random.ts'
import { questionOf } from '#test/leaks/routes.ts'
import { tokenFinder } from '#test/leaks/tokens.ts'
import type { Caller, World } from '#test/leaks/world.ts'
import { type Operation, operationsOf, requestOf, type Sent } from './requests.ts'

export interface FuzzResult {
  routes: number
  requests: number
  /** Requests answered with what was wanted; without some the rest would say nothing. */
  answered: number
  serverErrors: string[]
  leaks: string[]
}

interface Fuzzed {
  app: FastifyInstance
  owner: Database
  identity: Identity
  world: World
  random: Random
  /** Requests on their way at once. */
  concurrency: number
}

/** Random accounts of every role ask every route of the published document with values at the edges and beyond, many at a time. */
export async function fuzz(
  { app, owner, identity, world, random, concurrency }: Fuzzed,
  requests: number,
): Promise<FuzzResult> {
  const operations = operationsOf((await app.inject('/api/openapi.json')).json<object>())
  const find = tokenFinder(world)
  const cookies = await openSessions(owner, identity, world.callers)
  const result: FuzzResult = {
    ...{ routes: operations.length, requests: 0, answered: 0 },
    ...{ serverErrors: [], leaks: [] },
  }
  async function worker() {
    while (result.requests < requests) {
      const operation = random.of(operations)
      result.requests += 1
      // Most by somebody who may, or the first refusal would be all there is to see.
      const able = world.callers.filter((one) => isAllowed(one, operation))
      const caller = random.of(random.number(5) > 0 && able.length > 0 ? able : world.callers)
      const { sent, named } = questionFor(operation, caller)
      const { statusCode, body } = await app.inject({
        ...sent,
        headers: {
          ...sent.headers,
          host: 'shouwang.test',
          origin: 'http://shouwang.test',
          cookie: cookies.of(caller),
        },
      })
      if (statusCode === 401) await cookies.renew(caller)
      const about = `${statusCode} ${caller.role} of ${caller.area}: ${sent.method} ${sent.url} ${sent.payload ?? ''}`
      if (statusCode >= 500) result.serverErrors.push(`${operation.id} ${about} → ${body.slice(0, 300)}`)
      const leaked = find(caller, named, shownBy(operation.id, body))
      if (leaked.length > 0) result.leaks.push(`${leaked.slice(0, 3).join(' ')} in ${operation.id} ${about}`)
      if (insides.test(body)) result.leaks.push(`insides of the server in ${operation.id} ${about}`)
      if (statusCode < 300) {
        result.answered += 1
        if (!isAllowed(caller, operation))
          result.leaks.push(`answered without the right ${operation.id} ${about}`)
      }
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  return result

  function questionFor(operation: Operation, caller: Caller): { sent: Sent; named: unknown } {
    const pick = pickerFor(world, caller, random)
    const whose = movesPeople.test(operation.path)
      ? 'absent'
      : random.of(['own', 'own', 'foreign', 'absent'] as const)
    const question = isTyped(operation) ? questionOf(operation.id as RouteName) : undefined
    const batchOrVisit = { ref: pick.batch(whose), id: pick.made('visit', whose) }
    const meant = isTyped(operation) ? question?.(pick, whose) : batchOrVisit
    const sent = requestOf(operation, meant as Record<string, unknown> | undefined, random)
    // What the request or the published document names is told by nobody.
    return { sent, named: [sent, decodeURIComponent(sent.url), operation] }
  }
}

/** What would change who may see what: done to nobody of the world, whose answers would not be comparable after. */
const movesPeople = /^\/(accounts|sessions|break-glass|visits\/assign)|^\/corrections\//

/** What names who did what by its nature: the audit, and who made the keys of the installation. */
const namesOfOthers = /^(audit\.|keys\.list$)/
/** Codes of places stand in public lists; this route is there to show them to whoever comes. */
const listsPlaces = /^declarations\.places$/

function shownBy(operation: string, body: string): unknown {
  if (listsPlaces.test(operation)) return body.replaceAll(/(?<!\d)34\d{10}(?!\d)/g, '')
  return namesOfOthers.test(operation) ? withoutAudited(body) : body
}

const isTyped = ({ id }: Operation) => !id.startsWith('stream.')

/** What no client should read: places in our files, texts of SQL, names of the database's parts. */
const insides =
  /\.ts:\d+|node_modules|\bselect [a-z_.*]+[ ,][^"]* from |violates [a-z-]+ constraint|relation "/

function capabilityOf(operation: Operation): RouteMeta['capability'] | undefined {
  if (isTyped(operation)) return metaOf(operation.id as RouteName).capability as RouteMeta['capability']
  return Object.values(streams).find(
    ({ method, path }) => method === operation.method && path === operation.path,
  )?.capability
}

function isAllowed(caller: Caller, operation: Operation): boolean {
  const capability = capabilityOf(operation)
  if (capability === 'public' || capability === 'any' || capability === 'half') return true
  return capability !== undefined && may(caller.role, capability)
}

function withoutAudited(body: string): unknown {
  try {
    return withoutObjects(JSON.parse(body))
  } catch {
    return body
  }
}

/** Sessions as the sign-in leaves them, past its passwords: what is looked at lies behind them. */
async function openSessions(owner: Database, identity: Identity, callers: readonly Caller[]) {
  const { secret, authCookies } = await identity.auth.$context
  const cookies = new Map<string, string>()
  const renew = async ({ userId }: Caller) => {
    const token = randomUUID()
    cookies.set(
      userId,
      `${authCookies.sessionToken.name}=${encodeURIComponent(`${token}.${await makeSignature(token, secret)}`)}`,
    )
    await owner.pool.query(
      `insert into auth_session (id, token, user_id, expires_at, created_at, updated_at, second_factor, method)
       values ($1, $2, $3, now() + interval '1 day', now(), now(), true, 'password')`,
      [randomUUID(), token, userId],
    )
  }
  for (const caller of callers) await renew(caller)
  return { renew, of: ({ userId }: Caller) => cookies.get(userId) ?? '' }
}
