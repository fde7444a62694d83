import { request as httpRequest } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { signInPaths } from '#contract/access/session.ts'

/** What all clients of a world share: where it is, whether each change is sent twice, and answers nobody should get. */
export interface Net {
  url: string
  isDoubled: boolean
  /** The world is gone: nobody sends any more. */
  isClosed: boolean
  odd: string[]
  /** By account: its clients share one, for a code of the second factor enters once. */
  sessions: Map<string, Session>
}

interface Session {
  cookies: Map<string, string>
  isIn: boolean
  entering: Promise<void> | undefined
}

export interface Answer {
  status: number
  body: Buffer
  cookies: string[]
}

interface Sending {
  method?: string
  body?: Buffer | undefined
  type?: string
  /** Called when half of the body is on its way. */
  onHalf?: (() => Promise<void> | void) | undefined
}

/** As long as a client waits for an answer that does not come. */
const patienceMs = 120_000
const pauseMs = 300
const signInPauseMs = 10_000
/** Far from what is slow: a server that starts again while much else runs takes minutes. */
const patientForMs = 900_000

/** The server knows best: what it refuses for the state of things, a client does not send again. */
export class Refused extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, where: string) {
    super(`${where}: ${status} ${code}`)
    this.status = status
    this.code = code
  }
}

const passing = new Set([408, 429, 500, 502, 503, 504, 507])

/** One account as its client behaves: it signs in again where its session ended, and sends again what got no answer. */
export class Client {
  readonly #net: Net
  readonly #username: string
  readonly #session: Session

  constructor(net: Net, username: string) {
    this.#net = net
    this.#username = username
    const known = net.sessions.get(username)
    this.#session = known ?? { cookies: new Map(), isIn: false, entering: undefined }
    net.sessions.set(username, this.#session)
  }

  async get<T>(path: string): Promise<T> {
    return JSON.parse((await this.#untilAnswered(path, {})).body.toString()) as T
  }

  async file(path: string): Promise<Buffer> {
    return (await this.#untilAnswered(path, {})).body
  }

  async post<T>(path: string, body: unknown): Promise<T> {
    const sent = { method: 'POST', body: Buffer.from(JSON.stringify(body)), type: 'application/json' }
    const { body: answered } = await this.#untilAnswered(path, sent)
    return (answered.length > 0 ? JSON.parse(answered.toString()) : undefined) as T
  }

  async put<T>(path: string, body: Buffer, onHalf?: Sending['onHalf']): Promise<T> {
    const sent = { method: 'PUT', body, type: 'application/octet-stream', onHalf }
    return JSON.parse((await this.#untilAnswered(path, sent)).body.toString()) as T
  }

  /** Once, as it comes: undefined where there is no answer. */
  async once(path: string): Promise<number | undefined> {
    try {
      if (!this.#session.isIn) await this.#enter()
      const { status } = await this.#send(path, {})
      if (status === 401) this.#session.isIn = false
      return status
    } catch {
      return undefined
    }
  }

  async #untilAnswered(path: string, sending: Sending): Promise<Answer> {
    for (const end = performance.now() + patientForMs; ; ) {
      try {
        if (!this.#session.isIn) await this.#enter()
        const answer = await this.#sendOnceOrTwice(path, sending)
        if (answer.status < 400) return answer
        if (answer.status >= 500 && !passing.has(answer.status)) this.#note(answer, path)
        if (answer.status === 500) this.#note(answer, path)
        if (answer.status === 401) this.#session.isIn = false
        else if (!passing.has(answer.status)) throw new Refused(answer.status, codeOf(answer), path)
      } catch (error) {
        if (error instanceof Refused || this.#net.isClosed || performance.now() > end) throw error
      }
      await delay(pauseMs)
    }
  }

  #note({ status, body }: Answer, path: string) {
    this.#net.odd.push(`${status} ${path.split('?')[0]} ${body.toString().slice(0, 200)}`)
  }

  async #sendOnceOrTwice(path: string, sending: Sending): Promise<Answer> {
    if (!this.#net.isDoubled || !sending.method) return this.#send(path, sending)
    const both = await Promise.allSettled([this.#send(path, sending), this.#send(path, sending)])
    const answers = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    const best = answers.find(({ status }) => status < 400) ?? answers[0]
    if (!best) throw new Error('no answer')
    return best
  }

  /** One sign-in at a time, and slowly after one that was refused: an account is locked after the fifth. */
  #enter(): Promise<void> {
    this.#session.entering ??= this.#signIn()
      .catch(async (error) => {
        await delay(signInPauseMs)
        throw error
      })
      .finally(() => {
        this.#session.entering = undefined
      })
    return this.#session.entering
  }

  async #signIn(): Promise<void> {
    this.#session.cookies.clear()
    const shown = await this.#send('/api/demo-accounts', {})
    if (shown.status !== 200) throw new Error('no accounts yet')
    const { accounts } = JSON.parse(shown.body.toString()) as {
      accounts: { username: string; password: string; secondFactorCode: string | null }[]
    }
    const own = accounts.find(({ username }) => username === this.#username)
    const post = (path: string, body: unknown) =>
      this.#send(path, {
        ...{ method: 'POST', type: 'application/json', body: Buffer.from(JSON.stringify(body)) },
      })
    const first = await post(signInPaths.signIn, { username: this.#username, password: own?.password })
    if (first.status !== 200) throw new Error(`sign-in ${first.status}`)
    if (JSON.parse(first.body.toString()).twoFactorRedirect) {
      const second = await post(signInPaths.verifyCode, { code: own?.secondFactorCode })
      if (second.status !== 200) throw new Error(`second factor ${second.status}`)
    }
    this.#session.isIn = true
  }

  #send(path: string, { method = 'GET', body, type, onHalf }: Sending): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    const cookie = [...this.#session.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = {
      ...(cookie ? { cookie } : {}),
      ...(body ? { origin: this.#net.url, 'content-type': type, 'content-length': body.length } : {}),
    }
    const sent = httpRequest(`${this.#net.url}${path}`, {
      method,
      headers,
      timeout: patienceMs,
      agent: false,
    })
    sent.on('timeout', () => sent.destroy(new Error('no answer in time')))
    sent.on('error', reject)
    sent.on('response', (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('error', reject)
      response.on('aborted', () => reject(new Error('the answer broke off')))
      response.on('end', () => {
        const cookies = response.headers['set-cookie'] ?? []
        for (const line of cookies) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
          this.#session.cookies.set(name, value)
        }
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts), cookies })
      })
    })
    if (!body) sent.end()
    else if (!onHalf) sent.end(body)
    else {
      const middle = body.length >> 1
      sent.write(body.subarray(0, middle), async () => {
        await onHalf()
        sent.end(body.subarray(middle))
      })
    }
    return promise
  }
}

function codeOf({ body }: Answer): string {
  try {
    return String(JSON.parse(body.toString()).code)
  } catch {
    return body.toString().slice(0, 80)
  }
}
