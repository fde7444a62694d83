import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { KeyStatus } from '#contract/protection/keys.ts'
import { startKeyJobs } from '#server/platform/keys/key-jobs.ts'
import { openTestApp } from '#test/harness/app.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { signInDemo } from '#test/harness/sign-in.ts'

let t: TestDatabase
let server: Awaited<ReturnType<typeof openTestApp>>
beforeAll(async () => {
  t = await openTestDatabase()
  server = await openTestApp(t)
})
afterAll(async () => {
  server.deps.keyRing.close()
  await server.close()
  await t.close()
})

describe('keys', () => {
  it('are shown to those responsible for them, and changed by the security administrator alone, who says why', async () => {
    for (const [username, read, rotate] of [
      ['linquan', 403, 403],
      ['chengguan-cun', 403, 403],
      ['shenji', 403, 403],
      ['xitong', 200, 403],
      ['anquan', 200, 400],
    ] as const) {
      const visitor = await signInDemo(server.app, username)
      expect([username, (await visitor.get('/api/keys')).statusCode]).toEqual([username, read])
      // Without a reason even the security administrator is refused.
      expect((await visitor.post('/api/keys/rotate', {})).statusCode, username).toBe(rotate)
    }
    const status = (await (await signInDemo(server.app, 'xitong')).get('/api/keys')).json<KeyStatus>()
    expect(status).toMatchObject({ keys: [{ id: 1, state: 'active', left: null }], progress: [] })
    expect(JSON.stringify(status)).not.toMatch(/wrapped/)
  })

  it('change in the running server, which seals everything anew by itself and writes it down', async () => {
    const { deps, jobs, app } = server
    await startKeyJobs(
      {
        ...deps,
        dataDirectory: '/nowhere',
        fileDirectory: '/nowhere',
        maxUploadBytes: 1,
        close: async () => undefined,
      },
      jobs,
    )
    const sealed = deps.vault.encrypt('19900000000')
    const admin = await signInDemo(app, 'anquan')
    expect((await admin.post('/api/keys/rotate', { reason: '季度更换' })).json()).toEqual({ id: 2 })
    expect((await admin.post('/api/keys/rotate', { reason: '再来' })).json().code).toBe(
      'key-rotation-running',
    )
    const coming = (await admin.get('/api/keys')).json<KeyStatus>()
    expect(coming.keys.map(({ id, state, madeBy }) => [id, state, madeBy])).toEqual([
      [2, 'coming', 'anquan'],
      [1, 'active', null],
    ])
    await sql`update data_key set active_from = made_at where id = 2`.execute(t.database.db)
    await vi.waitFor(
      async () => {
        const { keys } = (await admin.get('/api/keys')).json<KeyStatus>()
        expect(keys.map(({ state }) => state)).toEqual(['active', 'retired'])
      },
      { timeout: 30_000, interval: 200 },
    )
    expect(deps.vault.encrypt('x')[0]).toBe(2)
    expect(deps.vault.decrypt(sealed)).toBe('19900000000')
    const { rows } = await sql<{ action: string; actorName: string; reason: string | null }>`
      select action, actor_name, reason from audit_entry where action like 'keys.%' and outcome = 'done'
      order by id`.execute(t.database.db)
    expect(rows).toEqual([
      { action: 'keys.rotate', actorName: 'anquan', reason: '季度更换' },
      { action: 'keys.retire-older', actorName: 'system', reason: null },
    ])
  })
})
