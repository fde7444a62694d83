import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { buildApp } from '#server/app.ts'
import { assembleServices, securityLimits } from '#server/assembly.ts'
import { openIdentity } from '#server/modules/access/index.ts'
import { feedCodesOf, tableReader } from '#server/modules/intake/index.ts'
import { clockAt } from '#server/platform/clock.ts'
import { openRoles } from '#server/platform/database/roles.ts'
import type { Services } from '#server/platform/http/rpc.ts'
import { startJobs } from '#server/platform/jobs.ts'
import { openKeyRing } from '#server/platform/keys/key-ring.ts'
import { createLogger } from '#server/platform/log.ts'
import { signInDemo } from './sign-in.ts'

/** `full-disk-worker.ts ADDRESSES MASTER-KEY FOLDER`: a server whose files lie on a disk that is nearly full, and what it answers. */
const [addresses = '{}', key = '', disk = ''] = process.argv.slice(2)
const roles = openRoles(JSON.parse(addresses))
const keyRing = await openKeyRing(roles.work, Buffer.from(key, 'hex'))
const log = createLogger('silent')
const clock = clockAt('2020-03-10')
const fileDirectory = path.join(disk, 'files')
const folders = { dataDirectory: disk, fileDirectory }
const platform = { database: roles.work, roles, clock, vault: keyRing.vault, keyRing, log, ...folders }
const limits = securityLimits(clock)
const identity = openIdentity(roles.auth, { secret: 'x'.repeat(40), publicUrl: undefined, limits })
const jobs = await startJobs(roles.work.url, log)
const services: Services = {
  ...{ ...platform, maxUploadBytes: 2 ** 24, close: async () => undefined, jobs },
  ...{
    ...assembleServices(clock),
    identity,
    readTable: tableReader(platform),
    feedsOf: feedCodesOf,
    demo: true,
  },
}
const app = await buildApp(services, identity)
const officer = await signInDemo(app, 'yibao')

mkdirSync(fileDirectory, { recursive: true })
const kept = () =>
  readdirSync(fileDirectory, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).length
const rows = Array.from(
  { length: 20_000 },
  (_, i) => `李${i},34122119${String(70_000_000 + i * 7919).slice(0, 8)}0,${i}`,
)
const file = `姓名,证件号码,总费用\n${rows.join('\n')}\n`
const ready = async () => {
  const { statusCode, body } = await app.inject('/readyz')
  return [statusCode, JSON.parse(body).status]
}
const upload = async () => {
  const { statusCode, body, headers } = await app.inject({
    method: 'PUT',
    url: `/api/uploads?name=${encodeURIComponent('就诊.csv')}`,
    headers: {
      ...{ host: 'shouwang.test', origin: 'http://shouwang.test', cookie: officer.cookie },
      'content-type': 'application/octet-stream',
    },
    payload: file,
  })
  return {
    status: statusCode,
    code: JSON.parse(body).code ?? null,
    retry: headers['retry-after'] ?? null,
    kept: kept(),
  }
}

const before = await ready()
const ballast = path.join(disk, 'ballast')
try {
  writeFileSync(ballast, Buffer.alloc(1))
  for (;;) writeFileSync(ballast, Buffer.alloc(4096), { flag: 'a' })
} catch {
  // Full, as it was meant to be.
}
const full = { ready: await ready(), upload: await upload() }
rmSync(ballast)
const remount = (how: 'ro' | 'rw') => spawnSync('mount', ['-o', `remount,${how}`, disk])
remount('ro')
const readOnly = { ready: await ready(), upload: await upload() }
remount('rw')
const back = { ready: await ready(), upload: await upload() }
console.log(JSON.stringify({ before, full, readOnly, back }))
await app.close()
await jobs.stop()
keyRing.close()
await Promise.all(Object.values(roles).map((role) => role.close()))
