import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { openTestApp } from '#test/harness/app.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { signInDemo, Visitor } from '#test/harness/sign-in.ts'

let t: TestDatabase
let server: Awaited<ReturnType<typeof openTestApp>>
let app: FastifyInstance
let admin: pg.Client

beforeAll(async () => {
  t = await openTestDatabase()
  server = await openTestApp(t)
  app = server.app
  admin = new pg.Client({ connectionString: inject('databaseUrl') })
  await admin.connect()
})
afterAll(async () => {
  await server.close()
  await admin.end()
  await t.close()
})

const name = () => new URL(t.database.url).pathname.slice(1)
/** Every connection to the database ends at once; answers how many those were. */
const letGo = async () =>
  (
    await admin.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()',
      [name()],
    )
  ).rowCount ?? 0

it('answers 503 with a time to come back while connections end under it, and then as before', async () => {
  const officer = await signInDemo(app, 'linquan')
  const urls = ['/api/me', '/api/overview', '/api/clues', '/api/households', '/api/workbench', '/api/batches']
  const answers: { statusCode: number; headers: Record<string, unknown>; code: unknown }[] = []
  let ended = 0
  for (let round = 0; round < 30; round++) {
    const requests = urls.map((url) => officer.get(url))
    const entering = new Visitor(app, `10.0.0.${round}`).enter(`nobody-${round}`, 'wrong-password')
    if (round % 2) await requests[round % urls.length]
    ended += await letGo()
    for (const { statusCode, headers, body } of await Promise.all([...requests, entering]))
      answers.push({ statusCode, headers, code: JSON.parse(body).code })
  }
  expect(ended).toBeGreaterThan(30)
  const lost = answers.filter(({ statusCode }) => statusCode === 503)
  expect(lost.length).toBeGreaterThan(0)
  for (const { headers, code } of lost) {
    expect(code).toBe('database-away')
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
  }
  expect([...new Set(answers.map(({ statusCode }) => statusCode))].toSorted()).toEqual([200, 401, 503])
  for (const url of urls) expect([url, (await officer.get(url)).statusCode]).toEqual([url, 200])
  expect((await app.inject('/readyz')).statusCode).toBe(200)
})
