import { SmartCoercionPlugin } from '@orpc/json-schema'
import { OpenAPIHandler } from '@orpc/openapi/fastify'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { findRequester, handleSignIn, type Identity } from '#server/modules/access/index.ts'
import { readBackupAge } from '#server/platform/backup/state.ts'
import { lookAtDisk } from '#server/platform/files/free-space.ts'
import { answerErrors, answerNoRequest, answerNoRoute, withRetryAfter } from '#server/platform/http/errors.ts'
import { guardRequests, newRequestId } from '#server/platform/http/guard.ts'
import { parseJsonBodies } from '#server/platform/http/json.ts'
import { defaultHttpLimits, type HttpOptions } from '#server/platform/http/limits.ts'
import { serveOpenApi } from '#server/platform/http/openapi.ts'
import { serveWeb } from '#server/platform/http/page.ts'
import { shareRates } from '#server/platform/http/rates.ts'
import type { Services } from '#server/platform/http/rpc.ts'
import { originOf } from '#server/platform/http/stream-route.ts'
import { router } from './router.ts'
import { registerStreams } from './streams.ts'

/** Puts the routes, the sign-in and the built web together. It listens only when main says so; tests use `inject`. */
export async function buildApp(
  services: Services,
  identity: Identity,
  { trustedProxies = [], publicUrl, limits: chosen = {}, shared = false, web }: HttpOptions = {},
): Promise<FastifyInstance> {
  const limits = { ...defaultHttpLimits, ...chosen }
  const app = Fastify({
    logger: false,
    bodyLimit: limits.jsonBytes,
    // A file takes as long as it takes; the guard sees to it that every body moves.
    requestTimeout: 0,
    connectionTimeout: limits.idleMs,
    keepAliveTimeout: limits.keepAliveMs,
    http: {
      headersTimeout: limits.headersMs,
      connectionsCheckingInterval: Math.min(limits.headersMs, 5000),
      maxHeaderSize: limits.headerBytes,
    },
    trustProxy: trustedProxies.length > 0 ? trustedProxies : false,
    requestIdHeader: false,
    genReqId: newRequestId,
    clientErrorHandler: answerNoRequest,
    frameworkErrors: answerNoRoute,
  })
  parseJsonBodies(app, { bytes: limits.jsonBytes, depth: limits.jsonDepth })
  const guard = guardRequests(app, limits, publicUrl)
  if (shared) {
    const stop = shareRates(services.roles.work, { ...guard.rates, entries: identity.rates }, services.log)
    app.addHook('onClose', stop)
  }
  answerErrors(app, services)

  app.get('/healthz', () => ({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) => {
    try {
      await services.database.pool.query('select 1')
    } catch {
      return reply.code(503).send({ status: 'database unavailable' })
    }
    const disk = await lookAtDisk(services.fileDirectory)
    if (disk !== 'room') return reply.code(503).send({ status: `disk ${disk}` })
    return { status: 'ready', backup: readBackupAge(services) }
  })

  app.all('/api/auth/*', async (request, reply) => {
    const response = await handleSignIn(identity, toFetchRequest(request), originOf(request))
    reply.code(response.status)
    for (const [name, value] of response.headers) if (name !== 'set-cookie') reply.header(name, value)
    for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie)
    return reply.send(Buffer.from(await response.arrayBuffer()))
  })

  const requesterOf = async (request: FastifyRequest) => {
    const requester = await findRequester(identity, request.headers)
    if (requester) guard.countAccount(requester.userId, request)
    return requester
  }

  registerStreams(app, services, requesterOf)
  serveOpenApi(app, router)

  const handler = new OpenAPIHandler(router, {
    rootInterceptors: [async ({ next }) => withRetryAfter(await next())],
    plugins: [new SmartCoercionPlugin({ schemaConverters: [new ZodToJsonSchemaConverter()] })],
  })
  app.all('/api/*', async (request, reply) => {
    const requester = await requesterOf(request)
    const { matched } = await handler.handle(request, reply, {
      prefix: '/api',
      context: { services, requester, origin: originOf(request) },
    })
    if (!matched) return reply.code(404).send({ code: 'not-found', message: 'no such route' })
  })

  await serveWeb(app, web)
  return app
}

function toFetchRequest({ method, url, headers, body }: FastifyRequest): Request {
  const sent = new Headers()
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) sent.append(name, String(value))
  return new Request(new URL(url, `http://${headers.host ?? 'localhost'}`), {
    method,
    headers: sent,
    ...(body === undefined || body === null ? {} : { body: JSON.stringify(body) }),
  })
}
