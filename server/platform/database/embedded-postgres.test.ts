import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, it, vi } from 'vitest'
import { freshCluster } from '#test/harness/fresh-cluster.ts'
import { databaseIsBack, isDatabaseAway } from './away.ts'
import { openDatabase } from './db.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'

const pidOf = (folder: string) =>
  Number(readFileSync(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])

it('starts again at the same address when it was killed, with all that was committed', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-fallen-'))
  const server = await startEmbeddedPostgres(folder)
  const database = openDatabase(server.url)
  try {
    await database.pool.query('create table kept (n int); insert into kept values (1)')
    for (const signal of ['SIGKILL', 'SIGINT'] as const) {
      const fallen = pidOf(folder)
      const open = database.pool.query('select pg_sleep(600)').catch((error: unknown) => error)
      process.kill(fallen, signal)
      expect(isDatabaseAway(await open), signal).toBe(true)
      await databaseIsBack(database)
      expect(pidOf(folder)).not.toBe(fallen)
      expect((await database.pool.query('select n from kept')).rows).toEqual([{ n: 1 }])
    }
  } finally {
    await database.close()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
})

/** A process that starts a server below a folder, and is killed; what it left behind runs on. */
async function orphanIn(folder: string): Promise<number> {
  const owner = fork(path.resolve(import.meta.dirname, '../../../test/harness/database-owner.ts'), [folder])
  await once(owner, 'message')
  const gone = once(owner, 'exit')
  owner.kill('SIGKILL')
  await gone
  return pidOf(folder)
}

it.each([
  ['leaves', 'SIGTERM'],
  ['is killed', 'SIGKILL'],
] as const)(
  'stays for the others when the process that looks after it %s, and they look after it',
  async (_, signal) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-heir-'))
    const owner = fork(path.resolve(import.meta.dirname, '../../../test/harness/database-owner.ts'), [folder])
    try {
      await once(owner, 'message')
      const server = await startEmbeddedPostgres(folder)
      const database = openDatabase(server.url)
      try {
        const first = pidOf(folder)
        const gone = once(owner, 'exit')
        owner.kill(signal)
        await gone
        expect((await database.pool.query('select n from kept')).rows).toEqual([{ n: 1 }])
        expect(pidOf(folder)).toBe(first)
        process.kill(first, 'SIGKILL')
        await vi.waitFor(() => expect(pidOf(folder)).not.toBe(first), { timeout: 120_000, interval: 100 })
        await databaseIsBack(database)
      } finally {
        await database.close()
        await server.stop()
      }
      // The last one stops it.
      expect(() => pidOf(folder)).toThrow()
    } finally {
      owner.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    }
  },
)

it('takes nothing for a database that a killed first start left half made', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-half-'))
  mkdirSync(path.join(folder, 'postgres-making-0x'))
  writeFileSync(path.join(folder, 'postgres-making-0x', 'PG_VERSION'), '18\n')
  try {
    const server = await startEmbeddedPostgres(folder)
    await server.stop()
    expect(readdirSync(folder).toSorted()).toEqual(['postgres', 'postgres-password'])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

it.each([
  ['runs', undefined],
  ['is on its way out', 'SIGINT'],
  ['was killed too', 'SIGKILL'],
  ['answers nobody', 'SIGSTOP'],
] as const)('takes over what a killed process left: a server that %s', async (_, signal) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-orphan-'))
  freshCluster(folder)
  try {
    const orphan = await orphanIn(folder)
    if (signal) process.kill(orphan, signal)
    // A stopped one never answers, however long it is waited for.
    const patience = signal === 'SIGSTOP' ? { patience: { answerMs: 500, endMs: 500 } } : {}
    const server = await startEmbeddedPostgres(folder, { durable: true, ...patience })
    const database = openDatabase(server.url)
    try {
      expect((await database.pool.query('select n from kept')).rows).toEqual([{ n: 1 }])
      // From here on it is looked after like one's own.
      const taken = pidOf(folder)
      process.kill(taken, 'SIGKILL')
      // A process of the killed server may answer once more before it notices.
      await vi.waitFor(() => expect(pidOf(folder)).not.toBe(taken), { timeout: 120_000, interval: 100 })
      await databaseIsBack(database)
      expect((await database.pool.query('select n from kept')).rows).toEqual([{ n: 1 }])
    } finally {
      await database.close()
      await server.stop()
    }
    expect(() => pidOf(folder)).toThrow()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
