import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayMs } from '#contract/days.ts'
import type { OperationsStatus } from '#contract/protection/operations.ts'
import { changeBackupState } from '#server/platform/backup/state.ts'
import { openTestApp } from '#test/harness/app.ts'
import { openTestDatabase, type TestDatabase } from '#test/harness/database.ts'
import { signInDemo } from '#test/harness/sign-in.ts'
import type { Figures } from './figures.ts'
import { judgeFigures } from './rules.ts'

let t: TestDatabase
let server: Awaited<ReturnType<typeof openTestApp>>
beforeAll(async () => {
  t = await openTestDatabase()
  server = await openTestApp(t)
})
afterAll(async () => {
  await server.close()
  await t.close()
})

const at = new Date('2020-03-10T08:00:00Z')
const ago = (seconds: number) => new Date(at.getTime() - seconds * 1000).toISOString()
const lastGood = (seconds: number) => ({
  ...{ name: 'x', startedAt: ago(seconds), endedAt: ago(seconds), bytes: 1, files: 2 },
})
const well: Figures = {
  ...{ at, tallyDifferences: 0, queues: [], sources: [] },
  database: { answersMs: 3, bytes: 1000 },
  backup: { keptBy: 'server', state: { lastGood: lastGood(3600), keptUntil: ago(5) } },
  seals: { pending: 0, lagSeconds: 0, isBroken: false },
  held: { batches: 0, oldestSeconds: 0 },
  slow: { total: 0, list: [] },
  disk: { freeBytes: 500, totalBytes: 1000 },
}
const judged = (change: Partial<Figures>) => {
  const { state, checks } = judgeFigures({ ...well, ...change })
  return [state, ...checks.filter((one) => one.state !== 'ok').map(({ key, reason }) => `${key} ${reason}`)]
}

describe('whether all is well', () => {
  it('is told from the figures', () => {
    expect(judged({})).toEqual(['ok'])
    const backup = (state: Figures['backup']['state'], keptBy: Figures['backup']['keptBy'] = 'server') =>
      judged({ backup: { keptBy, state: { ...well.backup.state, ...state } } })
    expect(backup({ lastGood: lastGood(27 * 3600) })).toEqual(['attention', 'backup old'])
    expect(backup({ lastGood: lastGood(60 * 3600) })).toEqual(['bad', 'backup old'])
    expect(backup({ lastGood: undefined })).toEqual(['bad', 'backup never'])
    expect(backup({ failure: { at: ago(1), what: 'disk-full', text: '' } })).toEqual([
      ...['bad', 'backup failed-disk-full'],
    ])
    expect(backup({ keptUntil: ago(61) })).toEqual(['attention', 'kept behind'])
    expect(backup({ keptUntil: ago(1000) })).toEqual(['bad', 'kept behind'])
    expect(backup({}, 'by-hand')).toEqual(['attention', 'backup by-hand', 'kept by-hand'])
    expect(backup({}, 'own-tools')).toEqual(['ok', 'backup own-tools', 'kept own-tools'])
    expect(judged({ seals: { pending: 3, lagSeconds: 90, isBroken: false } })).toEqual([
      'attention',
      'seals behind',
    ])
    expect(judged({ seals: { pending: 0, lagSeconds: 0, isBroken: true } })).toEqual(['bad', 'seals broken'])
    expect(judged({ tallyDifferences: 2 })).toEqual(['bad', 'tallies different'])
    const queue = { queue: 'merge', waiting: 1, active: 0, failed: 0, oldestSeconds: 400 }
    expect(judged({ queues: [queue] })).toEqual(['attention', 'jobs behind'])
    expect(judged({ queues: [{ ...queue, oldestSeconds: 1, failed: 1 }] })).toEqual([
      'attention',
      'jobs failed',
    ])
    expect(judged({ held: { batches: 1, oldestSeconds: (4 * dayMs) / 1000 } })).toEqual([
      'attention',
      'held held',
    ])
    expect(judged({ held: { batches: 1, oldestSeconds: 60 } })).toEqual(['ok'])
    expect(judged({ disk: { freeBytes: 20, totalBytes: 1000 } })).toEqual(['bad', 'disk free'])
    expect(judged({ database: { answersMs: 900, bytes: 1 } })).toEqual(['attention', 'database answers'])
    const late = { feed: 'water', name: { zh: '饮水', en: 'Water' }, counties: 5, late: 1 }
    expect(judged({ sources: [late] })).toEqual(['attention', 'sources late'])
    expect(judged({ slow: { total: 1, list: [] } })).toEqual(['attention', 'statements slow'])
  })

  it('is shown to the system administrator alone, from what is really there', async () => {
    for (const [username, status] of [
      ['linquan', 403],
      ['anquan', 403],
      ['shenji', 403],
      ['xitong', 200],
    ] as const)
      expect([
        username,
        (await (await signInDemo(server.app, username)).get('/api/operations')).statusCode,
      ]).toEqual([...[username, status]])
    const admin = await signInDemo(server.app, 'xitong')
    const look = async () => (await admin.get('/api/operations')).json<OperationsStatus>()
    const reasons = ({ checks }: OperationsStatus) =>
      Object.fromEntries(checks.map(({ key, state, reason }) => [key, `${state} ${reason}`]))
    expect(reasons(await look())).toMatchObject({
      backup: 'bad never',
      held: 'ok none',
      tallies: 'ok not-yet',
    })

    await t.database.pool.query(`insert into batch (feed, department, area, file_name, file_ref, file_size, file_sm3,
      format, header_row, headers, mapping, state, received_at, as_of) values ('illness', 'WJ', 340000000000, '某户.csv',
      '', 1, '', 'csv', 1, '{}', '{}', 'held', '2020-03-05', '2020-01-01')`)
    const now = new Date().toISOString()
    changeBackupState(path.dirname(server.services.fileDirectory), {
      lastGood: { name: 'x', startedAt: now, endedAt: now, bytes: 10, files: 0 },
    })
    await server.jobs.send('never-worked', {})
    const status = await look()
    expect(reasons(status)).toMatchObject({ backup: 'attention by-hand', held: 'attention held' })
    expect(status.queues).toContainEqual(
      expect.objectContaining({ queue: 'never-worked', waiting: 1, failed: 0 }),
    )
    expect((await server.app.inject('/readyz')).json().backup).toMatchObject({ lastGoodAt: now })
    expect(JSON.stringify(status)).not.toContain('某户')
  })
})
