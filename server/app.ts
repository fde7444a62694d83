import { existsSync } from 'node:fs'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import { SmartCoercionPlugin } from '@orpc/json-schema'
import { OpenAPIHandler } from '@orpc/openapi/fastify'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import Fastify, { type FastifyInstance } from 'fastify'
import { findRequester, handleSignIn, type Identity } from '#server/modules/access/index.ts'
import { serveOpenApi } from '#server/platform/openapi.ts'
import { type Services, toAnswer } from '#server/platform/rpc.ts'
import { originOf } from '#server/platform/stream-route.ts'
import { router } from './router.ts'
import { registerStreams } from './streams.ts'

const root = path.resolve(import.meta.dirname, '..')

/** Puts the routes, the sign-in and the built web together. It listens only when main says so; tests use `inject`. */
export async function buildApp(
  services: Services,
  identity: Identity,
  { trustedProxies = [] }: { trustedProxies?: string[] } = {},
): Promise<FastifyInstance> {
  const trustProxy = trustedProxies.length > 0 ? trustedProxies : false
  const app = Fastify({ logger: false, bodyLimit: 2 ** 20, requestTimeout: 0, trustProxy })
  // Bodies are read by their handlers: the typed routes parse JSON themselves, uploads stream to disk.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders)
    const origin = request.headers.origin
    if (request.method !== 'GET' && origin && new URL(origin).host !== request.headers.host) {
      return reply.code(403).send({ code: 'not-allowed', message: 'cross-origin request' })
    }
  })

  app.get('/healthz', () => ({ status: 'ok' }))
  app.get('/readyz', async (_request, reply) => {
    try {
      await services.database.pool.query('select 1')
      return { status: 'ready' }
    } catch {
      return reply.code(503).send({ status: 'database unavailable' })
    }
  })

  app.all('/api/auth/*', async (request, reply) => {
    const response = await handleSignIn(identity, await toFetchRequest(request), originOf(request))
    reply.code(response.status)
    for (const [name, value] of response.headers) if (name !== 'set-cookie') reply.header(name, value)
    for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie)
    return reply.send(Buffer.from(await response.arrayBuffer()))
  })

  const requesterOf = (headers: Record<string, unknown>) => findRequester(identity, headers)

  registerStreams(app, services, requesterOf)
  serveOpenApi(app, router)

  const handler = new OpenAPIHandler(router, {
    plugins: [new SmartCoercionPlugin({ schemaConverters: [new ZodToJsonSchemaConverter()] })],
  })
  app.all('/api/*', async (request, reply) => {
    const requester = await requesterOf(request.headers)
    const { matched } = await handler.handle(request, reply, {
      prefix: '/api',
      context: { services, requester, origin: originOf(request) },
    })
    if (!matched) return reply.code(404).send({ code: 'not-found', message: 'no such route' })
  })

  app.setErrorHandler((error, _request, reply) => {
    const answer = toAnswer(error, services, 'http')
    return reply.code(answer.status).send({ code: answer.code, message: answer.message, data: answer.data })
  })

  await serveWeb(app)
  return app
}

const securityHeaders = {
  'content-security-policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
}

async function toFetchRequest(request: {
  raw: NodeJS.ReadableStream
  headers: object
  method: string
  url: string
}) {
  const chunks: Buffer[] = []
  let size = 0
  if (request.method !== 'GET') {
    for await (const chunk of request.raw) {
      size += chunk.length
      if (size > 65_536) throw new RangeError('sign-in request too large')
      chunks.push(Buffer.from(chunk))
    }
  }
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers.append(name, String(value))
  const url = new URL(request.url, `http://${headers.get('host') ?? 'localhost'}`)
  return new Request(url, {
    method: request.method,
    headers,
    ...(size > 0 ? { body: Buffer.concat(chunks) } : {}),
  })
}

/** The built web; every path that is no file and no API is the application, whose router takes over. */
async function serveWeb(app: FastifyInstance) {
  const built = path.join(root, 'dist/web')
  await app.register(fastifyStatic, { root: path.join(root, 'data'), prefix: '/geo/', serve: false })
  app.get('/geo/anhui-counties.geojson', (_request, reply) =>
    reply
      .header('cache-control', 'public, max-age=86400')
      .type('application/geo+json')
      .sendFile('anhui-counties.geojson', path.join(root, 'data')),
  )
  if (existsSync(built)) {
    await app.register(fastifyStatic, {
      root: built,
      decorateReply: false,
      wildcard: false,
      preCompressed: true,
      setHeaders: (reply, file) => {
        reply.header(
          'cache-control',
          file.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        )
      },
    })
  }
  app.setNotFoundHandler((request, reply) => {
    const wantsPage =
      request.method === 'GET' &&
      !/^\/(api|assets|geo)\//.test(request.url) &&
      existsSync(path.join(built, 'index.html'))
    if (!wantsPage) return reply.code(404).send({ code: 'not-found', message: 'no such page' })
    return reply.header('cache-control', 'no-cache').type('text/html').sendFile('index.html', built)
  })
}
