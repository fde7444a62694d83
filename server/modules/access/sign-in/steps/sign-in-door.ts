import type { ErrorCode } from '#contract/errors.ts'
import { AppError } from '#server/platform/errors.ts'
import type { RequestOrigin } from '#server/platform/http/rpc.ts'
import { addressHeader, type Passage, passage } from '../auth.ts'
import type { Identity } from '../identity.ts'
import { findRequester } from '../requester.ts'
import { codeOf, problem } from './answers.ts'
import type { Visit } from './counted.ts'
import { finishSignIn } from './finish.ts'
import { steps } from './steps.ts'

const base = '/api/auth'
const largestBody = 8192

/**
 * The only way to the auth library: its paths that the contract names, with the fields it names; failures counted and every
 * event written down. Answers never carry the session's token, which is the cookie's alone.
 */
export async function handleSignIn(
  identity: Identity,
  request: Request,
  origin: RequestOrigin,
): Promise<Response> {
  const path = new URL(request.url).pathname.slice(base.length)
  if (request.method === 'GET' && path === '/callback/sso' && identity.singleSignOn) {
    return finishSignIn(identity, origin, (way) => call(identity, request, origin, undefined, way))
  }
  const step = request.method === 'POST' ? steps[path] : undefined
  if (!step) return problem('not-found')
  try {
    identity.rates.take(`${origin.address} ${path}`)
  } catch (error) {
    if (error instanceof AppError) return problem('too-many-requests', error.details)
    throw error
  }
  const body = await readBody(request)
  if (!body) return problem('bad-request')
  const headers = Object.fromEntries(request.headers)
  const me = await findRequester(identity, headers)
  const visit: Visit = {
    identity,
    origin,
    me,
    headers,
    body,
    way: { secondFactor: false, method: 'password', address: origin.address },
    async call(fields) {
      const response = await call(identity, request, origin, fields, visit.way)
      const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>
      const failure: ErrorCode | undefined = response.ok ? undefined : codeOf(response.status, answer)
      return { failure, answer, cookies: response.headers.getSetCookie() }
    },
  }
  const { answer, cookies = [], failure, data } = await step(visit)
  const response = failure ? problem(failure, data) : Response.json(answer ?? {})
  for (const cookie of cookies) response.headers.append('set-cookie', cookie)
  response.headers.set('cache-control', 'no-store')
  return response
}

/** Lets the library answer, with our own word for where the request came from. */
async function call(
  { auth }: Identity,
  request: Request,
  { address }: RequestOrigin,
  fields: Record<string, unknown> | undefined,
  way: Passage,
): Promise<Response> {
  const headers = new Headers(request.headers)
  headers.delete('content-length')
  headers.set(addressHeader, address)
  const body = fields && { body: JSON.stringify(fields) }
  if (fields) headers.set('content-type', 'application/json')
  const response = await passage.run(way, () =>
    auth.handler(new Request(request.url, { method: request.method, headers, ...body })),
  )
  // It tells nobody what failed; of what it stands on, only the database can.
  if (response.status >= 500) throw new AppError('database-away', { retryAfterSeconds: 2 })
  return response
}

async function readBody(request: Request): Promise<Record<string, string> | undefined> {
  const text = await request.text()
  if (text.length > largestBody) return undefined
  try {
    const body: unknown = text === '' ? {} : JSON.parse(text)
    if (typeof body !== 'object' || body === null) return undefined
    return Object.fromEntries(Object.entries(body).filter(([, value]) => typeof value === 'string'))
  } catch {
    return undefined
  }
}
