import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ConfigError } from '#server/config.ts'
import { lockData, lockFolder } from './data-lock.ts'

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
