import { randomUUID } from 'node:crypto'
import { Socket } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { contract } from '#contract/index.ts'
import { type StreamRoute, streams } from '#contract/streams.ts'
import { AppError } from '../errors.ts'
import { refuseConnection } from './errors.ts'
import { answerHeaders } from './headers.ts'
import type { HttpLimits } from './limits.ts'
import { isCrossSite, isSafe } from './origin.ts'
import { Rates } from './rates.ts'

/** What stands before every route: identity of the request, headers, origin, type and pace of its body, rates. */
export interface Guard {
  /** Counts a request of a signed-in account. Throws `too-many-requests`. */
  countAccount(userId: string, request: Pick<FastifyRequest, 'method' | 'url'>): void
  /** What is counted, to be counted together with other servers. */
  rates: Readonly<Record<string, Rates>>
}

export const newRequestId = () => randomUUID()

export function guardRequests(
  app: FastifyInstance,
  limits: HttpLimits,
  publicUrl: string | undefined,
): Guard {
  const headers = answerHeaders(publicUrl?.startsWith('https://') ?? false)
  const publicHost = publicUrl && new URL(publicUrl).host
  const addresses = new Rates(limits.requestsPerMinute * 5)
  const signIns = new Rates(limits.sensitivePerMinute * 5)
  const declarations = new Rates(limits.declarationsPerHour / 60, undefined, limits.declarationsPerHour)
  const accounts = new Rates(limits.requestsPerMinute)
  const sensitive = new Rates(limits.sensitivePerMinute)

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers).header('x-request-id', request.id)
    if (request.url.length > limits.addressLength) {
      return reply
        .code(414)
        .send({ code: 'request-too-large', message: 'address', data: { part: 'address' } })
    }
    if (!request.url.startsWith('/api/')) return
    // Nothing the database could look for; the router itself refuses what is no UTF-8.
    if (/%00/.test(request.url)) throw new AppError('request-malformed', {})
    reply.header('cache-control', 'no-store')
    addresses.take(request.ip)
    if (!isSafe(request.method) && request.url.startsWith('/api/auth/')) signIns.take(request.ip)
    if (isDeclaration(request)) declarations.take(request.ip)
    if (isCrossSite(request.method, request.headers, [request.headers.host, publicHost])) {
      throw new AppError('cross-site')
    }
    assertType(request)
    hurry(request, reply, limits)
  })
  return {
    rates: { addresses, signIns, declarations, accounts, sensitive },
    countAccount(userId, request) {
      accounts.take(userId)
      if (isSensitive(request)) sensitive.take(userId)
    },
  }
}

const path = (url: string) => url.slice('/api'.length).split('?')[0] ?? ''
const matcher = (template: string) => new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`)

const uploads = Object.values<StreamRoute>(streams)
  .filter(({ requestBody }) => requestBody !== undefined)
  .map((route) => ({ ...route, matches: matcher(route.path) }))
const uploadOf = ({ method, url }: Pick<FastifyRequest, 'method' | 'url'>) =>
  uploads.find((route) => route.method === method && route.matches.test(path(url)))

const declaration = contract.declarations.send['~orpc'].route
const isDeclaration = ({ method, url }: Pick<FastifyRequest, 'method' | 'url'>) =>
  method === declaration.method && path(url) === declaration.path

/** Calls that show a secret in full or open a household to somebody. */
const sensitiveCapabilities: readonly string[] = ['secret.reveal', 'break-glass.use', 'key.rotate']
const sensitiveRoutes = Object.values(contract)
  .flatMap((routes) => Object.values(routes).map((route) => route['~orpc']))
  .filter(({ route, meta }) => route.method !== 'GET' && sensitiveCapabilities.includes(meta.capability))
  .map(({ route }) => ({ method: route.method, matches: matcher(route.path ?? '') }))
const isSensitive = ({ method, url }: Pick<FastifyRequest, 'method' | 'url'>) =>
  sensitiveRoutes.some((route) => route.method === method && route.matches.test(path(url)))

/** A form of another page can send neither of these types: a browser asks first, and is refused. */
function assertType(request: FastifyRequest) {
  if (isSafe(request.method) || !hasBody(request)) return
  const expected = uploadOf(request)?.requestBody ?? 'application/json'
  const found = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (found !== expected) throw new AppError('content-type-wrong', { expected })
}

const hasBody = ({ headers }: FastifyRequest) =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

/** A body that does not come ends its connection: JSON within a time, a file without standing still. */
function hurry(request: FastifyRequest, reply: FastifyReply, limits: HttpLimits) {
  if (!hasBody(request)) return
  const { raw } = request
  const { socket } = raw
  // Requests of tests come without a connection.
  if (!(socket instanceof Socket)) return
  const tooSlow = () => {
    if (reply.sent) return socket.destroy()
    reply.hijack()
    refuseConnection(socket, 408, 'request-too-slow')
  }
  const isUpload = uploadOf(request) !== undefined
  const limitMs = isUpload ? limits.uploadIdleMs : limits.bodyMs
  let seen = -1
  const watch = () => {
    // The socket counts for us; listening to the data would take them from their reader.
    if (!isUpload || reply.sent || socket.bytesRead === seen) return tooSlow()
    seen = socket.bytesRead
    timer = setTimeout(watch, limitMs)
  }
  let timer = setTimeout(watch, limitMs)
  const stop = () => {
    clearTimeout(timer)
    socket.off('close', stop)
  }
  // Not when the answer is out: a body that was refused unread must not block the connection either.
  raw.once('end', stop)
  socket.once('close', stop)
}
