import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ConfigError } from '#server/config.ts'
import { lockData, lockFolder } from './data-lock.ts'
import { beganOf } from './processes/began.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const file = () => path.join(folder, 'server.lock')

it('lets one server at a data folder and names it to the next', () => {
  const release = lockData(folder)
  expect(() => lockData(folder)).toThrow(ConfigError)
  expect(() => lockData(folder)).toThrow(new RegExp(`process ${process.pid} on ${os.hostname()}`))
  release()
  expect(existsSync(file())).toBe(false)
  lockData(folder)()
})

it('takes over from a process that was killed, also where its number came again', () => {
  const module = path.resolve(import.meta.dirname, 'data-lock.ts')
  const killed = spawnSync(
    process.execPath,
    [
      '-e',
      `import(${JSON.stringify(module)}).then((m) => { m.lockData(${JSON.stringify(folder)}); process.kill(process.pid, 'SIGKILL') })`,
    ],
    { cwd: path.resolve(import.meta.dirname, '../..') },
  )
  expect(killed.signal).toBe('SIGKILL')
  expect(existsSync(file())).toBe(true)
  lockData(folder)()

  const release = lockData(folder)
  const other = { ...JSON.parse(readFileSync(file(), 'utf8')), began: 'an earlier boot 42' }
  release()
  writeFileSync(file(), JSON.stringify(other))
  lockData(folder)()
})

it('is inherited by one of those that start at once over a killed process', () => {
  const gone = { pid: 1, host: os.hostname(), began: 'an earlier boot 42', since: '2020-03-10T00:00:00.000Z' }
  writeFileSync(file(), JSON.stringify(gone))
  // Another that lives has the claim: between its look at the dead one's lock and its own nobody comes.
  const heir = lockFolder(folder, 'heir', () => '')
  copyFileSync(path.join(folder, 'heir'), `${file()}.claim`)
  expect(() => lockData(folder)).toThrow(new RegExp(`process ${process.pid}`))
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual(gone)
  heir()
  // One that was killed there holds up nobody, and no claim is left.
  writeFileSync(`${file()}.claim`, JSON.stringify(gone))
  const release = lockData(folder)
  expect(readdirSync(folder)).toEqual(['server.lock'])
  expect(() => lockData(folder)).toThrow(ConfigError)
  release()
})

it('is not kept by a process that ended and whose parent never asked how', async () => {
  // The shell becomes a program that waits for nobody; what it had begun before ends as nobody's.
  const parent = spawn('sh', ['-c', 'sleep 0.01 & echo $!; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [line] = await once(parent.stdout, 'data')
  const pid = Number(String(line))
  const state = () => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0]
  await vi.waitUntil(() => state() === 'Z', { timeout: 20_000, interval: 10 })
  expect(beganOf(pid)).toBeUndefined()
  parent.kill('SIGKILL')
})

it('does not guess about another machine', () => {
  const owner = { pid: 1, host: 'another-machine', began: 'x', since: '2020-03-10T00:00:00.000Z' }
  writeFileSync(file(), JSON.stringify(owner))
  expect(() => lockData(folder)).toThrow(/another-machine/)
  // One that touches its file while it works is gone when it has not for long.
  const lock = () => lockFolder(folder, 'server.lock', () => 'taken', 60_000)
  expect(lock).toThrow('taken')
  utimesSync(file(), 0, 0)
  lock()()
})
