import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
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
