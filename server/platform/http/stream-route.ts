import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { StreamRoute, streams } from '#contract/streams.ts'
import { AppError } from '../errors.ts'
import { cleanFileName } from '../text.ts'
import { pagePolicy } from './headers.ts'
import { refusedEntry } from './route-audit.ts'
import {
  contextOf,
  type HouseholdScope,
  type RequestDeps,
  type Requester,
  type RequestOrigin,
  requireMay,
  type Services,
} from './rpc.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export interface StreamRequest {
  deps: RequestDeps
  me: Requester
  scope: HouseholdScope
  params: Record<string, string>
  query: Record<string, string>
  body: Readable
}

/** What a stream route answers: a body with its type and, for downloads, a file name. */
export interface StreamAnswer {
  type: string
  body: Readable | Buffer | string
  fileName?: string
  /** A page that is shown and printed, not stored. */
  isPage?: boolean
}

export type StreamHandler = (request: StreamRequest) => Promise<StreamAnswer>
export type StreamHandlers = Record<keyof typeof streams, StreamHandler>

/** Where a request came from. */
export function originOf(request: FastifyRequest): RequestOrigin {
  return { address: request.ip, userAgent: request.headers['user-agent'] ?? '', requestId: request.id }
}

/**
 * Serves one route of `contract/streams.ts` under `/api` with the capability it names. Every such handler writes down what it
 * handed out or took in; one that did not is a defect and answers with one.
 */
export function serveStream(
  app: FastifyInstance,
  action: string,
  route: StreamRoute,
  handler: StreamHandler,
  services: Services,
  requesterOf: (request: FastifyRequest) => Promise<Requester | undefined>,
) {
  app.route({
    method: route.method,
    url: `/api${route.path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
    handler: async (request, reply) => {
      const requester = await requesterOf(request)
      if (!requester) throw new AppError('not-signed-in')
      const { deps, me, scope, open, end } = contextOf(services, requester, originOf(request))
      const params = request.params as Record<string, string>
      const query = request.query as Record<string, string>
      open()
      try {
        requireMay(me, route.capability)
        checkForm(route, params, query)
        const answer = await handler({ deps, me, scope, params, query, body: request.raw })
        if (!deps.audit.recorded) throw new Error(`${action} wrote nothing down`)
        return send(reply, answer)
      } catch (error) {
        const refused = refusedEntry(action, params, error)
        if (refused) await deps.audit.record(deps.database.db, refused)
        throw error
      } finally {
        // What the body still reads while it is sent, it reads in transactions of its own.
        await end()
      }
    },
  })
}

const references = ['id', 'ref', 'photo']

/** What the typed routes check by their schemas: all that is named, references that could be some, codes that are numbers. */
function checkForm(route: StreamRoute, params: Record<string, string>, query: Record<string, string>) {
  for (const [name, { required }] of Object.entries(route.query)) {
    if (required && !query[name]) throw new AppError('bad-request', { missing: name })
    if (Array.isArray(query[name])) throw new AppError('bad-request', { twice: name })
  }
  if (query.area && !/^34\d{10}$/.test(query.area)) throw new AppError('bad-request', { wrong: 'area' })
  if (references.some((name) => params[name] !== undefined && !uuid.test(params[name])))
    throw new AppError('not-found', { what: 'reference' })
}

function send(reply: FastifyReply, answer: StreamAnswer) {
  if (answer.isPage) reply.header('content-security-policy', pagePolicy()).header('cache-control', 'no-store')
  else if (answer.fileName) {
    const name = encodeURIComponent(cleanFileName(answer.fileName))
    reply.header('content-disposition', `attachment; filename*=UTF-8''${name}`)
  }
  return reply.type(answer.type).send(answer.body)
}
