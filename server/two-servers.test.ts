import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { signInPaths } from '#contract/access/session.ts'
import { verifyChain } from '#server/modules/audit/index.ts'
import { openKeyRing } from '#server/platform/keys/key-ring.ts'
import { openTestDatabase, type TestDatabase, testMasterKey } from '#test/harness/database.ts'

// Two server processes as an office with a balancer in front runs them: one database, one folder of received files.

const root = path.resolve(import.meta.dirname, '..')
let t: TestDatabase
let folder: string
const servers: { url: string; child: ChildProcess }[] = []

beforeAll(async () => {
  t = await openTestDatabase()
  folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-two-'))
  // Both at once: neither waits for what the other prepares.
  servers.push(...(await Promise.all(['a', 'b'].map(startServer))))
})
afterAll(async () => {
  for (const { child } of servers) {
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    await gone
  }
  rmSync(folder, { recursive: true, force: true })
  await t.close()
})

async function startServer(name: string) {
  const data = mkdtempSync(path.join(folder, `${name}-`))
  writeFileSync(path.join(data, 'demo-ready'), 'no data\n')
  const port = await freePort()
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...{ PATH: process.env.PATH, PORT: String(port), SHOUWANG_DATA: data, DATABASE_URL: t.database.url },
      ...{ SHOUWANG_KEY: testMasterKey.toString('hex'), SHOUWANG_FILES: path.join(folder, 'files') },
      ...{ SHOUWANG_DEMO: 'on', SHOUWANG_AS_OF: '2020-03-10', SHOUWANG_REQUESTS_PER_MINUTE: '120' },
    },
  })
  const url = `http://127.0.0.1:${port}`
  for (;;) {
    if (child.exitCode !== null) throw new Error(`server ${name} stopped at its start`)
    const answer = await fetch(`${url}/readyz`).catch(() => undefined)
    if (answer?.ok) return { url, child }
    await delay(100)
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

const at = (server: number) => servers[server]?.url ?? ''
function send(server: number, route: string, options: RequestInit & { cookie?: string } = {}) {
  const { cookie, headers, ...rest } = options
  return fetch(`${at(server)}${route}`, {
    ...rest,
    headers: { origin: at(server), ...(cookie ? { cookie } : {}), ...headers },
  })
}
const json = { 'content-type': 'application/json' }
const post = (server: number, route: string, cookie: string, body: unknown) =>
  send(server, route, { method: 'POST', cookie, headers: json, body: JSON.stringify(body) })
const cookieOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')

async function signIn(server: number, username: string): Promise<string> {
  const { accounts } = (await (await send(server, '/api/demo-accounts')).json()) as {
    accounts: { username: string; password: string; secondFactorCode: string }[]
  }
  const account = accounts.find((one) => one.username === username)
  const entered = await post(server, signInPaths.signIn, '', { username, password: account?.password })
  expect(entered.status).toBe(200)
  if (!(await entered.json()).twoFactorRedirect) return cookieOf(entered)
  const code = account?.secondFactorCode
  const verified = await post(server, signInPaths.verifyCode, cookieOf(entered), { code })
  expect(verified.status).toBe(200)
  return cookieOf(verified)
}

it('share sessions, received files, jobs and seals', async () => {
  const cookie = await signIn(0, 'yibao')
  expect((await send(1, '/api/me', { cookie })).status).toBe(200)

  const states: string[] = []
  for (const [i, server] of [0, 1, 0, 1].entries()) {
    const file = `参保人姓名,证件号码,参保年度,居民参保,职工参保\n张测${i},34122119700101001X,2020,是,否\n`
    const upload = await send(server, `/api/uploads?name=${i}.csv`, {
      ...{ method: 'PUT', cookie, body: file },
      headers: { 'content-type': 'application/octet-stream' },
    })
    const received = (await upload.json()) as { upload: string; sheets: { guesses: { feed: string }[] }[] }
    expect([upload.status, received.sheets?.[0]?.guesses[0]?.feed]).toEqual([200, 'medical-insurance'])
    // Sent to one, made a batch by the other, processed by whichever is free.
    const made = await post(1 - server, '/api/batches', cookie, {
      ...{ upload: received.upload, feed: 'medical-insurance' },
    })
    const { ref } = (await made.json()) as { ref: string }
    expect(made.status).toBe(200)
    const state = await vi.waitFor(
      async () => {
        const { state } = (await (await send(server, `/api/batches/${ref}`, { cookie })).json()) as {
          state: string
        }
        expect(['held', 'merged']).toContain(state)
        return state
      },
      { timeout: 30_000, interval: 500 },
    )
    states.push(state)
  }
  expect(states).toHaveLength(4)

  expect((await post(1, signInPaths.signOut, cookie, {})).status).toBe(200)
  expect((await send(0, '/api/me', { cookie })).status).toBe(401)

  const ring = await openKeyRing(t.database, testMasterKey)
  await vi.waitFor(
    async () => {
      const { rows } = await t.database.pool.query('select count(*)::int as n from audit_pending')
      expect(rows[0].n).toBe(0)
    },
    { timeout: 10_000 },
  )
  const { checked, faults } = await verifyChain(t.database.db, ring.vault)
  ring.close()
  expect(faults).toEqual([])
  expect(checked).toBeGreaterThan(10)
})

it('count requests and wrong sign-ins together', async () => {
  const cookie = await signIn(0, 'linquan')
  // As many as a minute allows, all at the first.
  let last = 200
  for (let i = 0; i < 200 && last === 200; i++) last = (await send(0, '/api/me', { cookie })).status
  expect(last).toBe(429)
  await vi.waitFor(async () => expect((await send(1, '/api/me', { cookie })).status).toBe(429), {
    ...{ timeout: 5000, interval: 250 },
  })

  const codes: number[] = []
  for (let i = 0; i < 6; i++) {
    const body = { username: 'chengguan', password: 'not-this-one' }
    codes.push((await post(i % 2, signInPaths.signIn, '', body)).status)
  }
  // Locked by the fifth, whichever server it comes to.
  expect(codes).toEqual([401, 401, 401, 401, 429, 429])
})
