import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Config, readConfig } from '#server/config.ts'
import { schemaParts } from '#server/schema.ts'
import { openPlatform } from './platform.ts'

let folder: string
let config: Config
const key = '01'.repeat(32)
beforeAll(() => {
  // Others may not even enter it: as after `mktemp -d` or below /root.
  folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-platform-'))
  chmodSync(folder, 0o700)
  config = readConfig({ SHOUWANG_DATA: folder, SHOUWANG_KEY: key })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const serverPid = () =>
  Number(readFileSync(path.join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])

describe('the embedded database', () => {
  it('keeps its data over a stop, and refuses another key', async () => {
    const first = await openPlatform(config, schemaParts)
    await sql`create table intake.kept (n int); insert into intake.kept values (7)`.execute(first.database.db)
    await first.close()
    await expect(openPlatform({ ...config, key: '02'.repeat(32) }, schemaParts)).rejects.toThrow(
      /key does not fit/,
    )
    const again = await openPlatform(config, schemaParts)
    const { rows } = await sql<{ n: number }>`select n from intake.kept`.execute(again.database.db)
    expect(rows).toEqual([{ n: 7 }])
    await again.close()
  })

  it('lets a second process attach, and is taken over when its owner was killed', async () => {
    const program = `import { openPlatform } from '#server/platform/platform.ts'
      import { readConfig } from '#server/config.ts'
      import { schemaParts } from '#server/schema.ts'
      await openPlatform(readConfig(process.env), schemaParts); process.stdout.write('ready'); setInterval(() => {}, 1000)`
    const owner = spawn(process.execPath, ['--input-type=module-typescript', '--eval', program], {
      cwd: path.resolve(import.meta.dirname, '../..'),
      env: { ...process.env, SHOUWANG_DATA: folder, SHOUWANG_KEY: key, DATABASE_URL: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(owner.stdout, 'data')
    const pid = serverPid()

    const guest = await openPlatform(config, schemaParts)
    await guest.close()
    expect(serverPid()).toBe(pid) // a guest leaves the server running

    owner.kill('SIGKILL')
    await once(owner, 'exit')
    const heir = await openPlatform(config, schemaParts)
    expect(serverPid()).toBe(pid)
    await heir.close()
    expect(() => process.kill(pid, 0)).toThrow() // the heir stopped it
  })
})
