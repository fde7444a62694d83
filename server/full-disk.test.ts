import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApp } from '#test/harness/app.ts'
import { openTestDatabase, type TestDatabase, testMasterKey } from '#test/harness/database.ts'

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

it('answers 507 on a full disk and on one that takes no changes, is not ready, keeps no part of a file, and goes on when there is room', () => {
  const disk = mkdtempSync(path.join(os.tmpdir(), 'shouwang-disk-'))
  const addresses = Object.fromEntries(Object.entries(server.roles).map(([role, { url }]) => [role, url]))
  // A file system of two megabytes that only the worker sees: any user may mount one in a name space of its own.
  const script = `mount -t tmpfs -o size=2m tmpfs "${disk}" && exec "$0" test/harness/full-disk-worker.ts "$@"`
  const worker = spawnSync(
    'unshare',
    [
      ...['--user', '--map-root-user', '--mount', 'sh', '-c', script, process.execPath],
      ...[JSON.stringify(addresses), testMasterKey.toString('hex'), disk],
    ],
    { cwd: path.resolve(import.meta.dirname, '..'), encoding: 'utf8' },
  )
  rmdirSync(disk)
  expect(worker.stderr).toBe('')
  expect(JSON.parse(worker.stdout)).toEqual({
    before: [200, 'ready'],
    full: {
      ready: [503, 'disk full'],
      upload: { status: 507, code: 'disk-full', retry: '60', kept: 0 },
    },
    readOnly: {
      ready: [503, 'disk read-only'],
      upload: { status: 507, code: 'disk-read-only', retry: '60', kept: 0 },
    },
    // The file and its key.
    back: { ready: [200, 'ready'], upload: { status: 200, code: null, retry: null, kept: 2 } },
  })
})
