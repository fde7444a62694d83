import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { readConfig } from '#server/config.ts'
import { openKeyRing, prepareKeyRing } from '#server/platform/keys/key-ring.ts'
import { createLogger } from '#server/platform/log.ts'
import type { Platform } from '#server/platform/platform.ts'
import { openTestDatabase, openTestRoles, type TestDatabase, testMasterKey } from '#test/harness/database.ts'
import {
  csvOf,
  openIntake,
  registerPeople,
  settlement,
  type TestIntake,
  type TestPerson,
} from '#test/harness/intake.ts'
import type { FeedsDeps } from '../modules/intake/index.ts'
import { createBatch } from '../modules/intake/receiving/create-batch.ts'
import { commandLine } from '../modules/intake/receiving/import-file.ts'
import { receiveFile } from '../modules/intake/receiving/receive-file.ts'
import { startWorkers, type Workers } from './start-workers.ts'

let t: TestDatabase
let intake: TestIntake
let platform: Platform
let people: TestPerson[]
let workers: Workers | undefined
let close: () => Promise<unknown>

beforeAll(async () => {
  t = await openTestDatabase()
  const opened = await openTestRoles(t)
  await prepareKeyRing(t.database, testMasterKey)
  const keyRing = await openKeyRing(opened.roles.work, testMasterKey)
  intake = openIntake(t.database)
  Object.assign(intake.deps, { vault: keyRing.vault, log: createLogger('silent') })
  people = await registerPeople(t.database, intake, 40)
  platform = {
    ...intake.deps,
    ...{ database: opened.roles.work, roles: opened.roles, keyRing },
    dataDirectory: intake.deps.fileDirectory,
    maxUploadBytes: 2 ** 20,
    close: async () => undefined,
  }
  close = opened.close
})
afterEach(() => workers?.stop())
afterAll(async () => {
  platform.keyRing.close()
  await close()
  intake.close()
  await t.close()
})

function start(memoryMb = 1024): FeedsDeps {
  const config = readConfig({ SHOUWANG_KEY: testMasterKey.toString('hex'), SHOUWANG_AS_OF: '2020-03-10' })
  workers = startWorkers(platform, { ...config, workerMemoryMb: memoryMb })
  return { ...intake.deps, fileWork: workers.fileWork }
}

async function receive(deps: FeedsDeps, name: string, rows = people.length): Promise<number> {
  const lines = Array.from({ length: rows }, (_, i) => {
    const person = people[i % people.length]
    if (!person) throw new Error('no people')
    return settlement(person, `${name}-${i}`)
  })
  const body = Readable.from([Buffer.from(csvOf('medical-settlement', lines))])
  const { upload, sheets } = await receiveFile(deps, commandLine, { name: `${name}.csv`, body })
  expect(sheets[0]?.guesses[0]?.feed).toBe('medical-settlement')
  return (await createBatch(deps, commandLine, { upload, feed: 'medical-settlement' })).id
}
const stateOf = async (id: number) =>
  (await t.database.pool.query('select state, inserted_rows as rows, error from batch where id = $1', [id]))
    .rows[0]

/** Children of this process that do heavy work. */
function workerPids(): number[] {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8')
  return children
    .trim()
    .split(' ')
    .map(Number)
    .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('server/worker/worker.ts'))
}

it('a file is looked into and taken in beside the server', async () => {
  const deps = start()
  const id = await receive(deps, 'A')
  expect(await deps.fileWork?.process(id)).toBe('merged')
  expect(await stateOf(id)).toMatchObject({ state: 'merged', rows: people.length })
})

it('a process killed under its batch is begun anew, and the batch is whole', async () => {
  const deps = start()
  const id = await receive(deps, 'B', 4000)
  const [looking] = workerPids()
  const done = deps.fileWork?.process(id)
  const taking = await untilSome(() => workerPids().find((pid) => pid !== looking))
  await untilSome(async () => ((await stateOf(id)).state === 'received' ? undefined : true))
  process.kill(taking, 'SIGKILL')
  expect(await done).toBe('merged')
  expect(await stateOf(id)).toMatchObject({ state: 'merged', rows: 4000 })
})

it('a key file that is away for a moment holds up no batch', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shouwang-key-'))
  const file = path.join(folder, 'master.key')
  writeFileSync(file, testMasterKey.toString('hex'), { mode: 0o600 })
  try {
    const config = readConfig({
      SHOUWANG_KEY_FILE: file,
      SHOUWANG_DATA: folder,
      SHOUWANG_AS_OF: '2020-03-10',
    })
    workers = startWorkers(platform, config)
    const deps = { ...intake.deps, fileWork: workers.fileWork }
    const id = await receive(deps, 'K')
    rmSync(file)
    expect(await deps.fileWork.process(id)).toBe('merged')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

it('what takes more memory than there is ends itself alone', async () => {
  const id = await receive(start(), 'C')
  await workers?.stop()
  const tight = start(32)
  expect(await tight.fileWork?.process(id)).toBe('failed')
  expect((await stateOf(id)).error).toMatchObject({
    code: 'file-unreadable',
    details: { reason: 'too-large', what: 'memory' },
  })
  const body = Readable.from([
    Buffer.from(csvOf('medical-settlement', [settlement(people[0] as TestPerson, 'D')])),
  ])
  await expect(receiveFile(tight, commandLine, { name: 'D.csv', body })).rejects.toMatchObject({
    code: 'file-unreadable',
  })
})

async function untilSome<T>(find: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await find()
    if (found !== undefined) return found
    await new Promise((resolve) => setImmediate(resolve))
  }
}
