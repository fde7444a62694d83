import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type BackupState, readBackupState } from '#server/platform/backup/state.ts'
import { freshCluster } from '#test/harness/fresh-cluster.ts'

const root = path.resolve(import.meta.dirname, '../..')
const csv =
  '户编号,户主姓名,户主证件号码,行政区划代码,家庭人口,是否建档立卡\nH1,赵一,341221197001010010,341221001003,3,否\n'
let own: string
let child: ChildProcess
const at = (name: string) => path.join(own, name)
const settings = (data: string) => ({
  ...{ SHOUWANG_DATA: at(data), SHOUWANG_DEMO: 'off', SHOUWANG_KEY_FILE: at('the.key'), PORT: '0' },
  ...{ SHOUWANG_BACKUP_DIR: at('backups'), DATABASE_URL: '' },
})

beforeAll(async () => {
  own = mkdtempSync(path.join(os.tmpdir(), 'shouwang-backups-'))
  mkdirSync(at('backups'))
  writeFileSync(at('the.key'), 'ab'.repeat(32), { mode: 0o600 })
  writeFileSync(at('households.csv'), csv)
  freshCluster(at('data'))
  child = await start('data')
})
afterAll(async () => {
  child.kill('SIGTERM')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  rmSync(own, { recursive: true, force: true })
})

/** A server as it is started, once it listens. */
async function start(data: string): Promise<ChildProcess> {
  const server = spawn(process.execPath, ['server/main.ts'], {
    cwd: root,
    env: { ...process.env, ...settings(data) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  server.stderr?.on('data', (text) => {
    output += text
  })
  await new Promise<void>((resolve, reject) => {
    server.stdout?.on('data', (text: Buffer) => {
      const [, address] = /(http:\S+)/.exec(text.toString()) ?? []
      if (address) {
        addresses.set(server, address)
        resolve()
      }
    })
    server.once('exit', () => reject(new Error(output)))
  })
  return server
}
const addresses = new Map<ChildProcess, string>()

interface Run {
  code: number
  out: string
  errors: string
}

function shouwang(args: readonly string[], more: Record<string, string> = {}): Promise<Run> {
  const env = { ...process.env, ...settings('data'), ...more }
  return new Promise((resolve) => {
    execFile(process.execPath, ['server/cli.ts', ...args], { cwd: root, env }, (error, out, errors) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, errors })
    })
  })
}

const lastLine = ({ out, errors }: Run): Record<string, unknown> => {
  const line = out.trim().split('\n').at(-1) ?? ''
  if (!line.startsWith('{')) throw new Error(errors || out)
  return JSON.parse(line)
}

async function keptSince(instant: number): Promise<BackupState> {
  return vi.waitFor(
    () => {
      const state = readBackupState(at('data'))
      expect(state.lastGood, JSON.stringify(state)).toBeDefined()
      expect(new Date(state.keptUntil ?? 0).getTime()).toBeGreaterThan(instant)
      return state
    },
    { timeout: 120_000, interval: 200 },
  )
}

describe('a server with a folder for backups', () => {
  it('keeps all that is acknowledged, is killed with its database and restored by one command', async () => {
    await keptSince(0)
    const imported = await shouwang(['import', 'household', at('households.csv'), '--json'])
    expect(imported.errors).toBe('')
    const before = await shouwang(['batches', '--json'])
    await keptSince(Date.now())

    const ready = await (await fetch(`${addresses.get(child)}/readyz`)).json()
    expect(ready).toMatchObject({ status: 'ready', backup: { keptBy: 'server', failing: null } })
    expect(ready.backup.ageSeconds).toBeLessThan(600)

    const database = Number(readFileSync(at('data/postgres/postmaster.pid'), 'utf8').split('\n')[0])
    child.kill('SIGKILL')
    process.kill(database, 'SIGKILL')
    await once(child, 'exit')
    // What is restored comes from the backups alone.
    const received = readdirSync(at('data/files')).filter((name) => name.endsWith('.sealed'))
    expect(received.length).toBeGreaterThan(0)
    rmSync(at('data'), { recursive: true, maxRetries: 50, retryDelay: 100 })

    const to = { SHOUWANG_DATA: at('restored') }
    const run = await shouwang(['restore', at('backups'), '--to', at('restored'), '--json'], to)
    expect(lastLine(run), run.errors).toMatchObject({
      ...{ ok: true, tallyDifferences: 0, sealFaults: 0, filesMissing: [], filesDamaged: [] },
      filesChecked: received.length,
    })
    expect(run.code).toBe(0)
    expect(readdirSync(at('restored')).includes('master.key')).toBe(false)
    expect((await shouwang(['batches', '--json'], to)).out).toBe(before.out)
    // The restored one is an installation like any other; its first backup is made at once, since its database took another way.
    child = await start('restored')
    await vi.waitFor(() => expect(readBackupState(at('restored')).lastGood).toBeDefined(), {
      timeout: 120_000,
      interval: 200,
    })
    const listed = await shouwang(['backups', at('backups'), '--json'], to)
    expect(JSON.parse(listed.out).length).toBeGreaterThanOrEqual(2)
  })

  it('says what is damaged or missing among what was restored', async () => {
    const files = path.join(at('backups'), readdirSync(at('backups'))[0] ?? '', 'files')
    const sealed = readdirSync(files, { recursive: true, encoding: 'utf8' }).find((name) =>
      name.endsWith('.sealed'),
    )
    const file = path.join(files, sealed ?? '')
    const bytes = readFileSync(file)
    bytes[5] = (bytes[5] ?? 0) ^ 1
    writeFileSync(file, bytes)
    const damaged = await shouwang(['restore', at('backups'), '--to', at('damaged'), '--json'])
    expect(damaged.code).toBe(3)
    expect(lastLine(damaged)).toMatchObject({ ok: false, filesDamaged: [path.basename(file, '.sealed')] })
    rmSync(file)
    const missing = await shouwang(['restore', at('backups'), '--to', at('missing'), '--json'])
    expect(missing.code).toBe(3)
    expect(lastLine(missing)).toMatchObject({ ok: false, filesMissing: [path.basename(file, '.sealed')] })
  })

  it('refuses in one sentence what cannot be done', async () => {
    const refused = async (args: string[], more: Record<string, string> = {}) => {
      const { code, errors } = await shouwang(args, more)
      return [code, errors.trim().split('\n').length, errors]
    }
    const restore = (...more: string[]) => ['restore', at('backups'), ...more]
    const elsewhere = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', SHOUWANG_BACKUP_DIR: '' }
    const inOneLine = (code: number, text: string) => [code, 1, expect.stringContaining(text)]
    const found = await Promise.all([
      refused(restore('--to', own)),
      refused(restore('--to', at('x')), { SHOUWANG_KEY_FILE: at('no.key') }),
      refused(restore('--to', at('x')), { SHOUWANG_KEY: 'cd'.repeat(32) }),
      refused(['backup', at('x')], elsewhere),
      refused(['batches'], { ...elsewhere, SHOUWANG_BACKUP_DIR: own }),
      refused(restore('--to', at('x'), '--at', '昨天')),
    ])
    expect(found.slice(0, 5)).toEqual([
      inOneLine(5, '不是空文件夹'),
      inOneLine(5, '没有主密钥'),
      inOneLine(5, '别的主密钥'),
      inOneLine(5, 'docs/operations.md'),
      inOneLine(5, 'docs/operations.md'),
    ])
    expect(found[5]?.[0]).toBe(2)
  })
})
