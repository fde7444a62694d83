import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { signInPaths } from '#contract/access/session.ts'

/** A browser as far as the server can tell: it keeps cookies and sends them back, always from the same origin. */
export class Visitor {
  readonly app: FastifyInstance
  readonly address: string
  readonly cookies = new Map<string, string>()

  constructor(app: FastifyInstance, address = '127.0.0.1') {
    this.app = app
    this.address = address
  }

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ')
  }

  async send(
    method: 'GET' | 'POST' | 'PUT',
    url: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<LightMyRequestResponse> {
    const response = await this.app.inject({
      method,
      url,
      remoteAddress: this.address,
      headers: {
        host: 'shouwang.test',
        ...(this.cookies.size > 0 ? { cookie: this.cookie } : {}),
        ...(method === 'GET' ? {} : { origin: 'http://shouwang.test' }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    })
    for (const { name, value, maxAge } of response.cookies) {
      if (value === '' || maxAge === 0) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    return response
  }

  get(url: string, headers?: Record<string, string>) {
    return this.send('GET', url, undefined, headers)
  }

  post(url: string, body: unknown = {}) {
    return this.send('POST', url, body)
  }

  /** First step of the sign-in. */
  enter(username: string, password: string) {
    return this.post(signInPaths.signIn, { username, password })
  }
}

/** Signs in with a demonstration account as its sign-in page does: password, then the code of the moment where one is asked for. */
export async function signInDemo(app: FastifyInstance, username: string): Promise<Visitor> {
  const visitor = new Visitor(app)
  const { accounts } = (await visitor.get('/api/demo-accounts')).json<{
    accounts: { username: string; password: string; secondFactorCode: string | null }[]
  }>()
  const account = accounts.find((one) => one.username === username)
  if (!account) throw new Error(`no demonstration account ${username}`)
  const first = await visitor.enter(username, account.password)
  const answer = first.json<{ twoFactorRedirect?: boolean }>()
  const last = answer.twoFactorRedirect
    ? await visitor.post(signInPaths.verifyCode, { code: account.secondFactorCode })
    : first
  if (last.statusCode !== 200) throw new Error(`${username} could not sign in: ${last.body}`)
  return visitor
}
