import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { StreamRoute, streams } from '#contract/streams.ts'
import { AppError } from './errors.ts'
import { type Requester, requireMay, type Services } from './rpc.ts'

export interface StreamRequest {
  deps: Services
  me: Requester
  params: Record<string, string>
  query: Record<string, string>
  body: Readable
}

/** What a stream route answers: a body with its type and, for downloads, a file name. */
export interface StreamAnswer {
  type: string
  body: Readable | Buffer | string
  fileName?: string
}

export type StreamHandler = (request: StreamRequest) => Promise<StreamAnswer>
export type StreamHandlers = Record<keyof typeof streams, StreamHandler>

/** Serves one route of `contract/streams.ts` under `/api` with the capability it names. */
export function serveStream(
  app: FastifyInstance,
  route: StreamRoute,
  handler: StreamHandler,
  services: Services,
  requesterOf: (headers: Record<string, unknown>) => Promise<Requester | undefined>,
) {
  app.route({
    method: route.method,
    url: `/api${route.path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
    handler: async (request, reply) => {
      const me = requireMay(await requesterOf(request.headers), route.capability)
      const query = request.query as Record<string, string>
      for (const [name, { required }] of Object.entries(route.query)) {
        if (required && !query[name]) throw new AppError('bad-request', { missing: name })
      }
      const params = request.params as Record<string, string>
      return send(reply, await handler({ deps: services, me, params, query, body: request.raw }))
    },
  })
}

function send(reply: FastifyReply, answer: StreamAnswer) {
  if (answer.fileName) {
    reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(answer.fileName)}`)
  }
  return reply.type(answer.type).send(answer.body)
}
