import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { unwritableText } from './unwritable.ts'

const failure = (message: string, more: object = {}) => Object.assign(new Error(message), more)

it('names what a disk refuses, whoever says so, and nothing else', () => {
  const full = failure('ENOSPC: no space left on device, write', {
    code: 'ENOSPC',
    path: '/srv/data/server.lock',
  })
  expect(unwritableText(full)).toMatch(/^\/srv\/data\/server\.lock: The disk is full/)
  expect(unwritableText(new Error('not opened', { cause: full }))).toMatch(/The disk is full/)
  expect(unwritableText(failure('EROFS', { code: 'EROFS' }))).toMatch(/read-only/)
  const database = failure(
    'PostgreSQL stopped at start: FATAL:  could not write lock file: No space left on device',
  )
  expect(unwritableText(database)).toMatch(/The disk is full.*PostgreSQL stopped at start/)
  expect(unwritableText(failure('EACCES', { code: 'EACCES' }))).toMatch(/may not write/)
  expect(unwritableText(failure('password wrong', { code: '28P01' }))).toBeUndefined()
  expect(unwritableText(undefined)).toBeUndefined()
})

it('a start on a full disk is refused in one sentence, and makes no key', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-unwritable-'))
  const { DATABASE_URL: _url, ...env } = process.env
  // A file system that only this start sees: any user may mount one in a name space of its own.
  const script = [
    'mount -t tmpfs -o size=64k tmpfs "$D"',
    '(head -c 100000 /dev/zero >"$D/x" 2>/dev/null; true)',
    '"$0" server/main.ts; code=$?; ls "$D"; exit $code',
  ].join(' && ')
  const run = spawnSync(
    'unshare',
    ['--user', '--map-root-user', '--mount', 'sh', '-c', script, process.execPath],
    {
      cwd: path.resolve(import.meta.dirname, '../../..'),
      encoding: 'utf8',
      env: {
        ...env,
        D: folder,
        SHOUWANG_DATA: folder,
        SHOUWANG_DEMO: 'off',
        PORT: '0',
        NODE_NO_WARNINGS: '1',
      },
    },
  )
  expect(run.stderr).toContain(`${folder}: The disk is full`)
  expect(run.stderr).not.toMatch(/^\s+at /m)
  expect({ status: run.status, left: run.stdout }).toEqual({ status: 1, left: 'x\n' })
  rmSync(folder, { recursive: true, force: true })
})
