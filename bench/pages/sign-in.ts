import { signInPaths } from '#contract/access/session.ts'

/** Asks as one account: cookies and origin as a browser sends them. */
export class Account {
  readonly url: string
  private readonly cookies = new Map<string, string>()
  /** Where the requests come from, as a trusted proxy would say it. */
  private readonly address: string | undefined

  constructor(url: string, address?: string) {
    this.url = url
    this.address = address
  }

  async get(address: string): Promise<unknown> {
    const answer = await this.send(address)
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${answer.status} ${address}: ${text.slice(0, 300)}`)
    return JSON.parse(text)
  }

  async post(address: string, body: unknown): Promise<Record<string, unknown>> {
    const answer = await this.send(address, body)
    if (!answer.ok) throw new Error(`${answer.status} ${address}: ${await answer.text()}`)
    return (await answer.json()) as Record<string, unknown>
  }

  async put(address: string, body: Blob): Promise<Record<string, unknown>> {
    const answer = await this.send(address, body)
    if (!answer.ok) throw new Error(`${answer.status} ${address}: ${await answer.text()}`)
    return (await answer.json()) as Record<string, unknown>
  }

  private async send(address: string, body?: unknown): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(`${this.url}${address}`, {
      headers: {
        ...(cookie ? { cookie } : {}),
        ...(this.address ? { 'x-forwarded-for': this.address } : {}),
        ...(body === undefined ? {} : { origin: this.url }),
        ...(body === undefined || body instanceof Blob ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      ...(body instanceof Blob ? { method: 'PUT', body } : {}),
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      this.cookies.set(name, value)
    }
    return answer
  }
}

/** Signs in with an account of the demonstration, with the code of the moment where one is asked for. */
export async function signIn(url: string, username: string, address?: string): Promise<Account> {
  const account = new Account(url, address)
  const { accounts } = (await account.get('/api/demo-accounts')) as {
    accounts: { username: string; password: string; secondFactorCode: string | null }[]
  }
  const demo = accounts.find((one) => one.username === username)
  if (!demo) throw new Error(`no demonstration account ${username}`)
  const first = await account.post(signInPaths.signIn, { username, password: demo.password })
  if (first.twoFactorRedirect) await account.post(signInPaths.verifyCode, { code: demo.secondFactorCode })
  return account
}
