import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Telemetry } from '#server/platform/watch/telemetry.ts'
import { statementName } from '#server/platform/watch/watched.ts'
import { openTestApp } from '#test/harness/app.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { signInDemo, Visitor } from '#test/harness/sign-in.ts'
import { fillWorld } from '#test/world/fill-world.ts'
import { ConfigError } from './config.ts'
import { gauges, startTelemetry } from './telemetry.ts'

/** What people typed, and what stands in the rows that are read: none of it may leave. */
const personal = ['341221197001010013', '19900001234', '赵大山', 'geheim-wort', '核对低保户赵大山']
let t: TestDatabase
let server: Awaited<ReturnType<typeof openTestApp>>
let telemetry: Telemetry
let collector: Server
let metricsPort: number
const received: string[] = []

async function listen(handler?: Parameters<typeof createServer>[1]): Promise<Server> {
  const made = createServer({}, handler)
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve))
  return made
}
const portOf = (one: Server) => (one.address() as AddressInfo).port

beforeAll(async () => {
  t = await openTestDatabase()
  server = await openTestApp(t)
  await fillWorld(t.database, {
    ...{ households: 40, clueEvery: 2, villages: [341_221_001_001] },
    encrypt: (text) => server.deps.vault.encrypt(text),
    names: [{ name: '赵大山', pinyin: 'zhaodashan' }],
  })
  collector = await listen((request, response) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      received.push(`${request.url} ${body}`)
      response.setHeader('content-type', 'application/json').end('{}')
    })
  })
  const free = await listen()
  metricsPort = portOf(free)
  await new Promise((resolve) => free.close(resolve))
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', `http://127.0.0.1:${portOf(collector)}`)
  telemetry = await startTelemetry({ metricsPort, metricsHost: '127.0.0.1', otlp: true }, server.services)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await server.close()
  await t.close()
  collector.close()
})

describe('what is seen from outside', () => {
  it('shows routes, jobs, statements and the state of the house, and nothing about anybody', async () => {
    const officer = await signInDemo(server.app, 'linquan')
    for (const text of personal) {
      await officer.get(`/api/households?search=${encodeURIComponent(text)}`)
      await officer.get(`/api/clues?search=${encodeURIComponent(text)}`)
      await officer.get(`/api/households/${encodeURIComponent(text)}`)
      await officer.post('/api/clues', { name: text, reason: text })
      await new Visitor(server.app).enter(text, text)
    }
    await server.services.database.pool
      .query(`select '${personal[0]}' as a from household where householdless = '${personal[2]}'`)
      .catch(() => undefined)
    await server.jobs.work('seen-from-outside', async (data) => {
      if (data.secret) throw new Error(String(data.secret))
    })
    await server.jobs.send('seen-from-outside', { secret: personal[3] })
    const metrics = await vi.waitFor(
      async () => {
        const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
        expect(text).toMatch(/kind="job",name="seen-from-outside",outcome="error"/)
        return text
      },
      { timeout: 30_000, interval: 200 },
    )
    expect(metrics).toMatch(
      /shouwang_duration_seconds_count\{kind="request",name="households.list",outcome="ok"\} 5/,
    )
    expect(metrics).toMatch(/kind="statement",name="select household",outcome="error"/)
    expect(metrics).toMatch(/kind="request",name="households.get",outcome="(not-found|bad-request|error)"/)
    const known = Object.keys(gauges).filter((name) => new RegExp(`^${name}[{ ]`, 'm').test(metrics))
    // Those of backups and tallies are there once there was one.
    expect(known).toEqual(
      expect.arrayContaining([
        ...['shouwang_queue_jobs', 'shouwang_held_batches', 'shouwang_seal_lag_seconds'],
        ...['shouwang_source_late_counties', 'shouwang_slow_statements', 'shouwang_disk_free_bytes'],
      ]),
    )
    await telemetry.stop()
    const traces = received.filter((one) => one.startsWith('/v1/traces'))
    expect(traces.join('').includes('request households.list')).toBe(true)
    expect(received.some((one) => one.startsWith('/v1/metrics'))).toBe(true)

    const all = [metrics, ...received].join('\n')
    expect(personal.filter((text) => all.includes(text))).toEqual([])
    // No household, person, account or address either: these are all the labels there are.
    const labels = new Set([...metrics.matchAll(/[{,]([a-z_]+)="/g)].map(([, label]) => label))
    const allowed = [
      'kind',
      'name',
      'outcome',
      'le',
      'queue',
      'state',
      'feed',
      'service_name',
      'service.name',
    ]
    expect([...labels].filter((label) => !allowed.includes(label ?? ''))).toEqual([])
    for (const [, name = ''] of metrics.matchAll(/name="([^"]*)"/g))
      expect(name).toMatch(/^[a-zA-Z][\w. -]*$/)
    const values = [...all.matchAll(/"stringValue":"([^"]*)"/g)].map(([, value = '']) => value)
    expect(values.filter((value) => !/^[a-zA-Z][\w. -]*$/.test(value))).toEqual([])
    expect(values.filter((value) => /linquan|\d{5}/.test(value))).toEqual([])
    const keys = new Set([...traces.join('').matchAll(/"key":"([^"]+)"/g)].map(([, key]) => key))
    expect([...keys].toSorted()).toEqual(['kind', 'name', 'outcome', 'service.name'])
  })

  it('names statements by verb and table, whatever stands in them', () => {
    expect(statementName("select '341221197001010013' from household where name = '赵大山'")).toBe(
      'select household',
    )
    expect(statementName('/* keep: audit-entry */ insert into audit_entry (a) values ($1)')).toBe(
      'audit-entry',
    )
    expect(statementName('\n  with x as (select 1 from clue) select 2')).toBe('with clue')
    expect(statementName('begin')).toBe('begin')
    expect(statementName("set app.scope = '赵大山'")).toBe('set')
    expect(statementName('')).toBe('other')
  })

  it('says when its port is taken', async () => {
    const taken = await listen()
    const config = { metricsPort: portOf(taken), metricsHost: '127.0.0.1', otlp: false }
    await expect(startTelemetry(config, server.services)).rejects.toThrow(ConfigError)
    taken.close()
  })
})
