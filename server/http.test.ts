import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { depthOf } from '#server/platform/http/json.ts'
import { isCrossSite } from '#server/platform/http/origin.ts'
import { Rates } from '#server/platform/http/rates.ts'
import { openTestApp, type TestAppOptions } from '#test/harness/app.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { signInDemo } from '#test/harness/sign-in.ts'
import { stopRates } from '#test/harness/stop-rates.ts'

let t: TestDatabase
let served: Awaited<ReturnType<typeof openTestApp>>
let app: FastifyInstance
let port: number
const web = mkdtempSync(path.join(os.tmpdir(), 'shouwang-web-'))
const host = 'shouwang.test'
const http = {
  jsonBytes: 4096,
  jsonDepth: 10,
  addressLength: 500,
  // Short enough to wait for; long enough to say no to somebody first, on a slow machine too.
  headersMs: 1500,
  bodyMs: 1500,
  uploadIdleMs: 1500,
}

beforeAll(async () => {
  writeFileSync(
    path.join(web, 'index.html'),
    '<meta property="csp-nonce" nonce="__CSP_NONCE__" /><script type="module" src="/main.js"></script>',
  )
  writeFileSync(path.join(web, 'main.js'), 'export {}')
  mkdirSync(path.join(web, 'declare'))
  writeFileSync(path.join(web, 'declare/index.html'), '<title>declare</title>')
  t = await openTestDatabase()
  served = await openTestApp(t, undefined, { http, web })
  app = served.app
  await app.listen({ port: 0, host: '127.0.0.1' })
  port = (app.server.address() as net.AddressInfo).port
})
afterAll(async () => {
  await served.close()
  await t.close()
  rmSync(web, { recursive: true })
})

const post = (headers: Record<string, string>, more: Partial<InjectOptions> = {}) =>
  app.inject({
    method: 'POST',
    url: '/api/clues/dispatch',
    payload: '{}',
    ...more,
    headers: { host, 'content-type': 'application/json', ...headers },
  })

describe('where a request comes from', () => {
  const cookie = 'shouwang.session_token=x'
  const same = `http://${host}`
  it.each<[string, Record<string, string>, boolean]>([
    ['the page itself', { cookie, origin: same, 'sec-fetch-site': 'same-origin' }, true],
    ['the page, in a browser without fetch metadata', { cookie, origin: same }, true],
    ['a program without a session', {}, true],
    ['another site', { cookie, origin: 'http://elsewhere.test', 'sec-fetch-site': 'cross-site' }, false],
    [
      'a sibling site',
      { cookie, origin: 'http://other.shouwang.test', 'sec-fetch-site': 'same-site' },
      false,
    ],
    ['another site that names no origin', { cookie, 'sec-fetch-site': 'cross-site' }, false],
    ['a sandboxed frame', { cookie, origin: 'null', 'sec-fetch-site': 'cross-site' }, false],
    ['a browser that tells nothing, with a session', { cookie }, false],
    ['an origin that is no address', { cookie, origin: 'http://' }, false],
    ['another port of the same machine', { cookie, origin: `${same}:8443` }, false],
    ['something typed into the address line', { cookie, 'sec-fetch-site': 'none' }, false],
  ])('%s', async (_name, headers, passes) => {
    const response = await post(headers)
    expect([response.statusCode, response.json().code]).toEqual(
      passes ? [401, 'not-signed-in'] : [403, 'cross-site'],
    )
  })

  it('is required of every method that changes something, on every path of the API', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const)
      for (const url of [
        '/api/uploads?name=x.csv',
        '/api/auth/sign-out',
        '/api/keys/rotate',
        '/api/nothing',
      ]) {
        const response = await post({ cookie: 'a=b', 'sec-fetch-site': 'cross-site' }, { method, url })
        expect([method, url, response.statusCode]).toEqual([method, url, 403])
      }
  })

  it('lets links from elsewhere open pages, and nothing of the API be embedded elsewhere', () => {
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
    expect(isCrossSite('GET', link, [host])).toBe(false)
    expect(isCrossSite('GET', { ...link, 'sec-fetch-mode': 'no-cors' }, [host])).toBe(true)
    expect(isCrossSite('GET', {}, [host])).toBe(false)
  })

  it('may be the public address where the host is that of a proxy', () => {
    const hosts = ['127.0.0.1:8080', 'shouwang.example.gov.cn']
    const origin = 'https://shouwang.example.gov.cn'
    expect(isCrossSite('POST', { origin, cookie: 'a' }, hosts)).toBe(false)
    expect(isCrossSite('POST', { origin, cookie: 'a' }, hosts.slice(0, 1))).toBe(true)
  })
})

describe('what a request may be', () => {
  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
  ])('no %s', async (type) => {
    const response = await post({ 'content-type': type })
    expect([response.statusCode, response.json()]).toMatchObject([
      415,
      { code: 'content-type-wrong', data: { expected: 'application/json' } },
    ])
    const upload = await post({ 'content-type': type }, { method: 'PUT', url: '/api/uploads?name=x.csv' })
    expect(upload.json()).toMatchObject({ data: { expected: 'application/octet-stream' } })
  })

  it('not too large, whether it says its length or not, but for files', async () => {
    const payload = JSON.stringify({ text: 'x'.repeat(5000) })
    expect((await post({}, { payload })).json()).toMatchObject({ code: 'request-too-large' })
    expect((await post({}, { payload })).statusCode).toBe(413)
    const chunk = `${payload.length.toString(16)}\r\n${payload}\r\n0\r\n\r\n`
    const answer = await raw(
      `POST /api/clues/dispatch HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n${chunk}`,
    )
    expect(answer).toMatch(/^HTTP\/1.1 413 /)
    const file = await post(
      { 'content-type': 'application/octet-stream' },
      { method: 'PUT', url: '/api/uploads?name=x.csv', payload: 'x'.repeat(50_000) },
    )
    expect(file.statusCode).toBe(401)
  })

  it('not nested without end, and sound JSON', async () => {
    const nested = (levels: number) => `${'[{"a":'.repeat(levels)}1${'}]'.repeat(levels)}`
    for (const payload of [nested(6), '{"a":', '{"__proto__":{"a":1}}', '\u0000']) {
      const response = await post({}, { payload })
      expect([payload, response.statusCode, response.json().code]).toEqual([
        payload,
        400,
        'request-malformed',
      ])
    }
    expect((await post({}, { payload: nested(5) })).statusCode).toBe(401)
    // What the database has no place for: NUL, and half of a character.
    for (const payload of ['{"a":["b\\u0000"]}', '{"\\u0000":1}', '{"a":"\\ud800"}'])
      expect([payload, (await post({}, { payload })).statusCode]).toEqual([payload, 400])
    expect((await post({}, { payload: '{"a":"\\ud83d\\ude00"}' })).statusCode).toBe(401)
    expect(depthOf(Buffer.from('{"a":"[[[[","b":["\\"[",{}]}'), 9)).toBe(3)
  })

  it('no longer an address than any page of ours', async () => {
    const response = await app.inject({ url: `/api/clues?filter=${'x'.repeat(600)}` })
    expect([response.statusCode, response.json()]).toMatchObject([414, { code: 'request-too-large' }])
    const unreadable = await app.inject('/api/%')
    expect(unreadable.json().code).toBe('request-malformed')
    expect(unreadable.headers['content-security-policy']).toContain("default-src 'none'")
  })

  it('nothing of a wrong form, which is the asker’s fault and not the server’s', async () => {
    const { cookie } = await signInDemo(app, 'linquan')
    const statusOf = async (url: string) => (await app.inject({ url, headers: { host, cookie } })).statusCode
    for (const [url, status] of [
      ['/api/clues?q=%00', 400],
      ['/api/exports/x/file', 404],
      ['/api/batches/1/rejects.csv', 404],
      ['/api/visits/x/photos/y', 404],
      ['/api/cases/x/documents/review.docx', 404],
      ['/api/cases/public-list.docx?kind=identification&step=publicity&area=x', 400],
      ['/api/cases/public-list.docx?kind=identification&kind=x&step=publicity', 400],
    ] as const)
      expect([url, await statusOf(url)]).toEqual([url, status])
  })

  it('no more headers than fit, and no bytes that are no request', async () => {
    const large = await raw(`GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`)
    expect(large).toMatch(/^HTTP\/1.1 431 .*"code":"request-too-large"/s)
    const noise = await raw('\x16\x03\x01 what is this\r\n\r\n')
    expect(noise).toMatch(/^HTTP\/1.1 400 .*"code":"request-malformed"/s)
    for (const answer of [large, noise]) expect(answer).not.toMatch(/node|fastify|stack|at /i)
  })
})

describe('who is too slow', () => {
  const head = (method: string, url: string, type: string) =>
    `${method} ${url} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: ${type}\r\ncontent-length: 1000\r\n\r\n{`
  it('is let go: with headers, a body, or a file that stands still', async () => {
    const headers = await raw('GET / HTTP/1.1\r\nhost: x\r\nx-slow')
    expect(headers).toMatch(/408/)
    expect(await raw(head('POST', '/api/auth/sign-in/username', 'application/json'))).toMatch(
      /^HTTP\/1.1 408 .*request-too-slow/s,
    )
    for (const [account, status] of [
      ['yibao', 408],
      ['chengguan-cun', 403],
    ] as const) {
      const { cookie } = await signInDemo(app, account)
      const file = head('PUT', '/api/uploads?name=x.csv', 'application/octet-stream').replace(
        '\r\n\r\n',
        `\r\norigin: http://${host}\r\ncookie: ${cookie}\r\n\r\n`,
      )
      expect(await raw(file)).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    }
  })

  it('or sends on, drop by drop, a file that was refused', async () => {
    const socket = net.connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.write(head('PUT', '/api/uploads?name=x.csv', 'application/octet-stream'))
    const drops = setInterval(() => socket.writable && socket.write('x'), 100)
    let received = ''
    socket.on('data', (data) => {
      received += data
    })
    await once(socket, 'close')
    clearInterval(drops)
    expect(received).toMatch(/^HTTP\/1.1 401 /)
  })
})

describe('answers', () => {
  it('carry the request id of the log, and headers that keep other sites out', async () => {
    const { headers } = await app.inject({
      url: '/api/me',
      headers: { 'x-request-id': 'chosen-by-the-client' },
    })
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'cache-control': 'no-store',
    })
    expect(headers['strict-transport-security']).toBeUndefined()
    expect(headers.server ?? headers['x-powered-by']).toBeUndefined()
  })

  it('give the page of a household its sheet alone, and nobody need sign in', async () => {
    const page = await app.inject('/declare/341221001003')
    expect([page.statusCode, page.body]).toEqual([200, '<title>declare</title>'])
    const policy = String(page.headers['content-security-policy'])
    expect(policy).toContain("script-src 'self'; style-src 'self';")
    expect(policy).not.toContain('nonce')
    expect((await app.inject('/declare/assets/none.js')).statusCode).toBe(404)
  })

  it('give the page a nonce for its styles and no inline script', async () => {
    const [one, other] = await Promise.all([app.inject('/'), app.inject('/clues/any/page')])
    const nonce = (response: typeof one) => /nonce="([^"]+)"/.exec(response.body)?.[1] ?? ''
    expect(nonce(one)).toMatch(/^[\w+/]{24}$/)
    expect(nonce(other)).not.toBe(nonce(one))
    const policy = String(one.headers['content-security-policy'])
    expect(policy).toContain(`style-src 'self' 'nonce-${nonce(one)}'`)
    expect(policy).toContain("script-src 'self';")
    expect(policy).not.toContain('unsafe')
    expect(one.headers['cache-control']).toBe('no-store')
    expect((await app.inject('/index.html')).body).not.toContain('__CSP_NONCE__')
    expect((await app.inject('/main.js')).body).toBe('export {}')
  })

  it('reveal nothing of a failure but its id', async () => {
    const broken = await openTestApp(t)
    broken.app.get('/api/broken', () => {
      throw new Error('select secret from /srv/where/it/lies')
    })
    const response = await broken.app.inject('/api/broken')
    expect([response.statusCode, response.json()]).toEqual([
      500,
      {
        code: 'INTERNAL_SERVER_ERROR',
        message: 'internal',
        status: 500,
        defined: false,
        data: { requestId: response.headers['x-request-id'] },
      },
    ])
    await broken.close()
  })

  it('say to come back by https where the platform is reached so', async () => {
    const secure = await openTestApp(t, undefined, { publicUrl: 'https://shouwang.example.gov.cn' })
    const { headers } = await secure.app.inject('/healthz')
    expect(headers['strict-transport-security']).toMatch(/max-age=31536000/)
    await secure.close()
  })
})

describe('rates', () => {
  it('give a minute’s worth at once and get back evenly', () => {
    let now = 0
    const rates = new Rates(60, () => now)
    const taken = () => {
      for (let count = 0; ; count++) {
        try {
          rates.take('a')
        } catch {
          return count
        }
      }
    }
    expect(taken()).toBe(60)
    now += 999
    expect(() => rates.take('a')).toThrow(/retryAfterSeconds":1/)
    rates.take('b')
    now += 1
    expect(taken()).toBe(1)
    now += 3_600_000
    expect(taken()).toBe(60)
  })

  const few = (limits: TestAppOptions['http']) => openTestApp(t, undefined, { http: limits })

  it('limit an address before it is anybody, and an account wherever it comes from', async () => {
    stopRates()
    const strict = await few({ requestsPerMinute: 6, sensitivePerMinute: 100 })
    const statuses = async (count: number, options: InjectOptions) =>
      Promise.all(Array.from({ length: count }, () => strict.app.inject(options)))
    const { cookie } = await signInDemo(app, 'chengguan-cun')
    const mine = await statuses(8, { url: '/api/me', headers: { cookie }, remoteAddress: '10.0.0.1' })
    const elsewhere = await statuses(1, { url: '/api/me', headers: { cookie }, remoteAddress: '10.0.0.2' })
    expect(mine.map(({ statusCode }) => statusCode).toSorted()).toEqual([
      200, 200, 200, 200, 200, 200, 429, 429,
    ])
    expect(elsewhere[0]?.statusCode).toBe(429)
    const refused = mine.find(({ statusCode }) => statusCode === 429)
    expect(refused?.json().code).toBe('too-many-requests')
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0)

    const strangers = await statuses(32, { url: '/api/me', remoteAddress: '10.0.0.3' })
    expect(strangers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(2)
    await strict.close()
  })

  it('limit what shows or opens secrets, and sign-ins, to fewer', async () => {
    stopRates()
    const strict = await few({ sensitivePerMinute: 2 })
    const attempt = () =>
      strict.app.inject({
        method: 'POST',
        url: '/api/auth/sign-in/username',
        headers: { host, origin: `http://${host}` },
        payload: { username: 'nobody', password: 'nothing' },
      })
    const codes: number[] = []
    for (let i = 0; i < 12; i++) codes.push((await attempt()).statusCode)
    expect(codes.slice(10)).toEqual([429, 429])
    expect((await strict.app.inject('/api/sign-in-options')).statusCode).toBe(200)
    await strict.close()
  })
})

/** Sends bytes and answers what came back until the server closed. */
async function raw(bytes: string): Promise<string> {
  const socket = net.connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (data) => {
    answer += data.toString('latin1')
  })
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.write(bytes, 'latin1')
  await once(socket, 'close')
  return answer
}
