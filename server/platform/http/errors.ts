import type { Socket } from 'node:net'
import type { StandardHandleResult } from '@orpc/server/standard'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type ErrorCode, errorStatus } from '#contract/errors.ts'
import { AppError } from '../errors.ts'
import { answerHeaders } from './headers.ts'
import { type Services, toAnswer } from './rpc.ts'

/** Answers of failures outside the typed routes: a code, never a stack, a version or a path. */
export function answerErrors(app: FastifyInstance, services: Services) {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const answer = toAnswer(expected(error), services, 'http', request.id)
    const seconds = retryAfterOf(answer.data)
    if (seconds !== undefined) reply.header('retry-after', seconds)
    return reply.code(answer.status).send(answer.toJSON())
  })
}

/** Puts what a failure says of another try where every client looks for it. */
export function withRetryAfter(result: StandardHandleResult): StandardHandleResult {
  const { response } = result
  const body: unknown = response?.body
  const data = typeof body === 'object' && body !== null && 'data' in body ? body.data : undefined
  const seconds = retryAfterOf(data)
  if (response && seconds !== undefined) response.headers['retry-after'] = String(seconds)
  return result
}

function retryAfterOf(data: unknown): number | undefined {
  const seconds =
    typeof data === 'object' && data !== null && 'retryAfterSeconds' in data
      ? data.retryAfterSeconds
      : undefined
  return typeof seconds === 'number' ? seconds : undefined
}

/** What the framework finds wrong with a request, in our words. */
export function expected(error: Error & { statusCode?: number; code?: string }): Error {
  if (error instanceof AppError) return error
  if (error.statusCode === 413) return new AppError('request-too-large', {}, error)
  if (error.statusCode === 415) return new AppError('content-type-wrong', {}, error)
  if (error.statusCode === 408) return new AppError('request-too-slow', {}, error)
  if (error.statusCode !== undefined && error.statusCode < 500)
    return new AppError('request-malformed', {}, error)
  return error
}

/** Addresses the router cannot read. */
export function answerNoRoute(_error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  reply
    .code(400)
    .headers(answerHeaders(false))
    .header('x-request-id', request.id)
    .send({ code: 'request-malformed', message: 'request-malformed' })
}

/** Bytes that are no request never reach a route: answered as far as the connection allows, and cut off. */
export function answerNoRequest(error: Error & { code?: string }, socket: Socket) {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const code: ErrorCode =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? 'request-too-large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? 'request-too-slow'
        : 'request-malformed'
  const status = code === 'request-too-large' ? 431 : errorStatus[code]
  refuseConnection(socket, status, code)
}

/** The last that is said on a connection. */
export function refuseConnection(socket: Socket, status: number, code: ErrorCode) {
  const body = JSON.stringify({ code, message: code })
  const head = [
    `HTTP/1.1 ${status} ${code}`,
    'content-type: application/json',
    `content-length: ${body.length}`,
    'x-content-type-options: nosniff',
    'connection: close',
  ]
  if (socket.writable) socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy())
  else socket.destroy()
}
