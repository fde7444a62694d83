import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract } from '#contract/index.ts'
import { streams } from '#contract/streams.ts'
import { openTestApp } from '#test/harness/app.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { signInDemo, Visitor } from '#test/harness/sign-in.ts'

let t: TestDatabase
let server: Awaited<ReturnType<typeof openTestApp>>
let app: FastifyInstance

beforeAll(async () => {
  t = await openTestDatabase()
  server = await openTestApp(t)
  app = server.app
})
afterAll(async () => {
  await server.close()
  await t.close()
})

type Method = 'GET' | 'POST' | 'PUT'
const fill = (url: string) =>
  url.replace('{code}', '340000000000').replaceAll(/\{(id|ref)\}/g, '01900000-0000-7000-8000-000000000000')

describe('the API', () => {
  it('publishes exactly the routes it serves', async () => {
    const document = (await app.inject('/api/openapi.json')).json()
    expect(document.openapi).toMatch(/^3\.1\./)
    const published = Object.entries<object>(document.paths).flatMap(([url, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${url}`),
    )
    const declared = [
      ...Object.values(contract).flatMap((routes) => Object.values(routes).map((one) => one['~orpc'].route)),
      ...Object.values(streams),
    ].map(({ method, path: url }) => `${method} ${url}`)
    expect(published.toSorted()).toEqual(declared.toSorted())

    for (const route of published) {
      const [method, url = ''] = route.split(' ')
      const response = await app.inject({ method: method as Method, url: `/api${fill(url)}` })
      expect(response.statusCode, route).not.toBe(404)
    }
    expect((await app.inject('/api/nothing-here')).statusCode).toBe(404)
  })

  it('answers nobody who is not signed in, but for the sign-in page', async () => {
    for (const [group, routes] of Object.entries(contract)) {
      for (const [name, route] of Object.entries(routes)) {
        const { route: http, meta } = route['~orpc']
        const response = await app.inject({
          method: http.method as Method,
          url: `/api${fill(http.path ?? '')}`,
        })
        const answered = meta.capability === 'public' ? [200, 400] : [401]
        expect(answered, `${group}.${name}`).toContain(response.statusCode)
      }
    }
    for (const stream of Object.values(streams)) {
      const response = await app.inject({ method: stream.method, url: `/api${fill(stream.path)}?name=x.csv` })
      expect(response.statusCode, stream.path).toBe(401)
    }
  })

  it('lets a department at its files and at nothing about households', async () => {
    const person = await signInDemo(app, 'yibao')
    const get = (url: string) => person.get(url)
    expect((await get('/api/me')).json()).toMatchObject({ role: 'department', department: 'YB' })
    expect((await get('/api/batches')).statusCode).toBe(200)
    for (const url of ['/api/clues', '/api/households', '/api/overview']) {
      const response = await get(url)
      expect([url, response.statusCode, response.json().code]).toEqual([url, 403, 'not-allowed'])
    }
  })

  it('says what is wrong with a sign-in, and refuses other origins', async () => {
    expect((await new Visitor(app).enter('linquan', 'wrong-password')).statusCode).toBe(401)
    const { cookie } = await signInDemo(app, 'linquan')
    const response = await app.inject({
      method: 'POST',
      url: '/api/clues/dispatch',
      headers: {
        cookie,
        host: 'shouwang.test',
        origin: 'http://elsewhere.test',
        'content-type': 'application/json',
      },
      payload: {},
    })
    expect(response.statusCode).toBe(403)
  })

  it('reports health and readiness', async () => {
    expect((await app.inject('/healthz')).json()).toEqual({ status: 'ok' })
    expect((await app.inject('/readyz')).json()).toMatchObject({
      status: 'ready',
      backup: { keptBy: 'by-hand', lastGoodAt: null },
    })
  })
})
