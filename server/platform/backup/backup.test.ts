import { spawnSync } from 'node:child_process'
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { utimes } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { lockFolder } from '../data-lock.ts'
import { openDatabase, type PooledDatabase } from '../database/db.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../database/embedded-postgres.ts'
import { expireBackups } from './expire.ts'
import { startKeeper } from './keeper.ts'
import { type BackupSource, makeBackup, settingsOf } from './make-backup.ts'
import {
  listBackups,
  openRepository,
  openRepositoryToRead,
  readManifest,
  streamRepository,
} from './parts/repository.ts'
import { DamagedPiece } from './parts/seal-box.ts'
import { streamStore } from './parts/store.ts'
import { refuseUnfinishedRestore, restore } from './restore.ts'
import { lastDue } from './schedule.ts'
import { readBackupState } from './state.ts'
import { followWal, isGone } from './wal/wal-stream.ts'

const key = Buffer.alloc(32, 7)
const ref = '11111111-1111-4111-8111-111111111111'
let own: string
let server: EmbeddedPostgres
let database: PooledDatabase
let source: BackupSource
const at = (name: string) => path.join(own, name)
const data = () => at('data')

beforeAll(async () => {
  own = mkdtempSync(path.join(os.tmpdir(), 'shouwang-backup-'))
  server = await startEmbeddedPostgres(data())
  database = openDatabase(server.url)
  await database.pool.query(
    `create table data_key (id int); insert into data_key values (1);
     create table kept (n int, secret text)`,
  )
  mkdirSync(path.join(data(), 'files', 'partial'), { recursive: true })
  writeFileSync(path.join(data(), 'files', `${ref}.sealed`), 'sealed bytes')
  writeFileSync(path.join(data(), 'files', `${ref}.key`), Buffer.from([1, 9, 9]))
  writeFileSync(path.join(data(), 'files', 'partial', ref), 'half')
  writeFileSync(path.join(data(), 'master.key'), key.toString('hex'))
  source = {
    url: server.url,
    dataDirectory: data(),
    fileDirectory: at('data/files'),
    settings: { SHOUWANG_MAX_UPLOAD_MB: '7' },
  }
})
afterAll(async () => {
  await database.close()
  await server.stop()
  rmSync(own, { recursive: true, force: true })
})

const add = (n: number) =>
  database.pool.query('insert into kept values ($1, $2)', [n, `34122119000101001${n}`])

/** What the restored database has. */
async function keptIn(folder: string): Promise<number[]> {
  const restored = await startEmbeddedPostgres(folder)
  const copy = openDatabase(restored.url)
  try {
    const { rows } = await copy.pool.query<{ n: number }>('select n from kept order by n')
    return rows.map(({ n }) => n)
  } finally {
    await copy.close()
    await restored.stop()
  }
}

describe('a backup of a running database', () => {
  it('is restored to its newest state, and to any instant since, with the received files of that time', async () => {
    const repository = await openRepository(at('one'), key)
    const wal = await followWal(source.url, repository, { anew: false })
    await add(1)
    const made = await makeBackup(repository, source)
    expect(made).toMatchObject({ files: 1 })
    await add(2)
    const between = await instantBetween()
    await add(3)
    await keptUpToNow(wal.state)
    await wal.stop()

    const from = openRepositoryToRead(at('one'), key)
    expect(await restore(from, at('newest'), undefined)).toMatchObject({ files: 1, filesLeftOut: 0 })
    expect(await keptIn(at('newest'))).toEqual([1, 2, 3])
    expect(readFileSync(at(`newest/files/${ref}.sealed`), 'utf8')).toBe('sealed bytes')
    expect([...readFileSync(at(`newest/files/${ref}.key`))]).toEqual([1, 9, 9])
    expect(readFileSync(at('newest/settings.env'), 'utf8')).toBe('SHOUWANG_MAX_UPLOAD_MB="7"\n')
    expect(readdirSync(at('newest/files'))).toHaveLength(2)
    expect(existsSync(at('newest/master.key'))).toBe(false)

    const past = await restore(from, at('past'), between)
    expect(past.knownUntil).toBe(between.toISOString())
    expect(await keptIn(at('past'))).toEqual([1, 2])

    await expect(restore(from, at('future'), new Date(Date.now() + 3_600_000))).rejects.toThrow(/--at/)
    expect(() => refuseUnfinishedRestore(at('future'))).toThrow(/没有做完/)
    // An interrupted restore is begun again in its folder, another folder's content is left alone.
    await restore(from, at('future'), undefined)
    refuseUnfinishedRestore(at('future'))
    await expect(restore(from, at('newest'), undefined)).rejects.toThrow(/不是空文件夹/)
    await expect(restore(from, at('early'), new Date('2020-03-10'))).rejects.toThrow(/最早的备份/)
  })

  it('says nothing of what is in it, and opens with its own master key alone', async () => {
    await add(4)
    await makeBackup(await openRepository(at('sealed'), key), source)
    const { stdout } = spawnSync('grep', [
      '-rlaE',
      '34122119000101001|SHOUWANG|postgres-password',
      at('sealed'),
    ])
    expect(stdout.toString()).toBe('')
    expect(() => openRepositoryToRead(at('sealed'), Buffer.alloc(32, 8))).toThrow(/别的主密钥/)
    expect(() => openRepositoryToRead(at('nowhere'), key)).toThrow(/没有备份/)
    // Another master key makes its backups beside.
    await makeBackup(await openRepository(at('sealed'), Buffer.alloc(32, 8)), source)
    expect(listBackups(openRepositoryToRead(at('sealed'), key).folder)).toHaveLength(1)
  })

  it('goes on where an interrupted one ended, and is found by nobody before it is whole', async () => {
    const repository = await openRepository(at('cut'), key)
    await database.pool.query(
      'create table large as select n, md5(n::text) from generate_series(1, 200000) n',
    )
    const cut = makeBackup(repository, source)
    cut.catch(() => undefined)
    await vi.waitFor(
      async () => {
        const { rowCount } = await database.pool.query(
          'select pg_terminate_backend(pid) from pg_stat_progress_basebackup where backup_streamed > 10000000',
        )
        expect(rowCount).toBe(1)
      },
      { timeout: 60_000, interval: 1 },
    )
    await expect(cut).rejects.toThrow(/connection/i)
    expect(listBackups(repository.folder)).toEqual([])
    const written = readdirSync(path.join(repository.folder, 'pieces'), { recursive: true }).length
    expect(written).toBeGreaterThan(100)
    const { pieces } = await makeBackup(repository, source)
    expect(pieces.kept).toBeGreaterThan(100)
    const again = await makeBackup(repository, source)
    expect(again.pieces.written).toBeLessThan(30)
  })

  it('is refused, and restored nowhere, when a piece was changed or is gone', async () => {
    const repository = await openRepository(at('damaged'), key)
    const { name } = await makeBackup(repository, source)
    const { entries } = await readManifest(repository, name)
    const tag = entries.find(({ path: file }) => file === 'postgres/global/pg_control')?.pieces[0] ?? ''
    const piece = path.join(repository.folder, 'pieces', tag.slice(0, 2), tag)
    const bytes = readFileSync(piece)
    bytes[20] = (bytes[20] ?? 0) ^ 1
    writeFileSync(piece, bytes)
    const from = openRepositoryToRead(at('damaged'), key)
    await expect(restore(from, at('damaged-to'), undefined)).rejects.toThrow(DamagedPiece)
    rmSync(piece)
    await expect(restore(from, at('damaged-to'), undefined)).rejects.toThrow(/ENOENT/)
    expect(() => refuseUnfinishedRestore(at('damaged-to'))).toThrow()
  })

  it('goes down a stream that a folder is unpacked from', async () => {
    const file = createWriteStream(at('stream.tar'))
    const store = streamStore(file)
    await makeBackup(await streamRepository(store, key), source)
    await store.end()
    mkdirSync(at('unpacked'))
    expect(spawnSync('tar', ['-x', '-C', at('unpacked'), '-f', at('stream.tar')]).status).toBe(0)
    await restore(openRepositoryToRead(at('unpacked'), key), at('from-stream'), undefined)
    expect(await keptIn(at('from-stream'))).toEqual([1, 2, 3, 4])
    expect(readFileSync(at(`from-stream/files/${ref}.sealed`), 'utf8')).toBe('sealed bytes')
  })
})

describe('the WAL that is kept', () => {
  it('goes on without a hole after a pause, and names one that there is', async () => {
    const repository = await openRepository(at('paused'), key)
    const first = await followWal(source.url, repository, { anew: false })
    await keptUpToNow(first.state)
    await makeBackup(repository, source)
    await first.stop()
    await add(5)
    const second = await followWal(source.url, repository, { anew: false })
    expect(second.state.from).toBe(first.state.from)
    await keptUpToNow(second.state)
    await second.stop()
    await restore(openRepositoryToRead(at('paused'), key), at('after-pause'), undefined)
    expect(await keptIn(at('after-pause'))).toEqual([1, 2, 3, 4, 5])

    // What the server gave up is gone: the stream says so, and the next one begins behind the hole.
    await database.pool.query("select pg_drop_replication_slot('shouwang_backup')")
    for (let n = 0; n < 3; n++) {
      await add(6)
      await database.pool.query('select pg_switch_wal()')
      await database.pool.query('checkpoint')
    }
    const third = await followWal(source.url, repository, { anew: false })
    expect(isGone(await third.ended)).toBe(true)
    const fourth = await followWal(source.url, repository, { anew: true })
    await keptUpToNow(fourth.state)
    expect(fourth.state.from).toBeGreaterThan(first.state.from)
    await fourth.stop()
    const behind = await restore(openRepositoryToRead(at('paused'), key), at('to-hole'), undefined)
    expect(behind.hasHole).toBe(true)
    expect(await keptIn(at('to-hole'))).toEqual([1, 2, 3, 4, 5])
    // A whole backup closes it.
    await makeBackup(repository, source)
    const closed = await restore(openRepositoryToRead(at('paused'), key), at('closed'), undefined)
    expect(closed.hasHole).toBe(false)
    expect(await keptIn(at('closed'))).toEqual([1, 2, 3, 4, 5, 6, 6, 6])
  })

  it('is promised only once a backup reaches it', async () => {
    const repository = await openRepository(at('promised'), key)
    // Made without a stream: what is written until one begins lies in no archive.
    await makeBackup(repository, source)
    for (let n = 0; n < 2; n++) await database.pool.query('select pg_switch_wal()')
    await add(7)
    const release = lockFolder(repository.folder, 'backup.lock', () => 'one is being made', 60_000)
    const keeper = startKeeper({
      ...{ folder: at('promised'), masterKey: key, at: ['02:30'], keepDays: 30, dataDirectory: data() },
      source: () => source,
      log: pino({ level: 'silent' }),
      made: () => {},
    })
    const state = () => readBackupState(data())
    try {
      await vi.waitFor(() => expect(state().failure?.what).toBe('folder-taken'), { timeout: 120_000 })
      expect(state().keptUntil).toBeUndefined()
      release()
      await vi.waitFor(() => expect(state().keptUntil).toBeDefined(), { timeout: 240_000 })
    } finally {
      await keeper.stop()
    }
    await restore(openRepositoryToRead(at('promised'), key), at('as-promised'), undefined)
    expect(await keptIn(at('as-promised'))).toContain(7)
  })
})

describe('what is past its time', () => {
  it('goes, but for what restores the last days', async () => {
    const repository = await openRepository(at('expiring'), key)
    const names: string[] = []
    for (let n = 0; n < 3; n++) {
      await add(10 + n)
      names.push((await makeBackup(repository, source)).name)
    }
    const received = path.join(data(), 'files')
    const { endedAt } = await readManifest(repository, names[1] ?? '')
    rmSync(path.join(received, `${ref}.sealed`))
    const partial = path.join(repository.folder, 'partial-left')
    writeFileSync(partial, '')
    await utimes(partial, 0, 0)
    const pieces = () => readdirSync(path.join(repository.folder, 'pieces'), { recursive: true }).length
    const before = pieces()
    // The second had ended by then: with it the days since can be restored, without the first.
    expect(await expireBackups(repository, { keepFrom: new Date(endedAt), received })).toEqual({ removed: 1 })
    expect(listBackups(repository.folder).map(({ name }) => name)).toEqual(names.slice(1))
    expect(pieces()).toBeLessThan(before)
    expect(existsSync(partial)).toBe(false)
    const kept = (name: string) => existsSync(path.join(repository.folder, 'files', '11', name))
    // Marked as erased, and there as long as a backup is older than that.
    expect([kept(`${ref}.sealed`), kept(`${ref}.erased`)]).toEqual([true, true])
    await utimes(path.join(repository.folder, 'files', '11', `${ref}.erased`), 0, 0)
    await expireBackups(repository, { keepFrom: new Date(), received })
    expect([kept(`${ref}.sealed`), kept(`${ref}.key.1`)]).toEqual([false, false])
    expect(listBackups(repository.folder)).toHaveLength(1)
    await restore(openRepositoryToRead(at('expiring'), key), at('expired'), undefined)
    expect((await keptIn(at('expired'))).slice(-3)).toEqual([10, 11, 12])
  })

  it('is due at the times of day in China', () => {
    const due = (now: string) => lastDue(['02:30', '14:30'], new Date(now)).toISOString()
    expect(due('2020-03-10T00:00:00+08:00')).toBe('2020-03-09T06:30:00.000Z')
    expect(due('2020-03-10T02:30:00+08:00')).toBe('2020-03-09T18:30:00.000Z')
    expect(due('2020-03-10T23:00:00+08:00')).toBe('2020-03-10T06:30:00.000Z')
  })

  it('takes the settings along, never the key', () => {
    const environment = {
      SHOUWANG_KEY: 'a',
      SHOUWANG_KEY_FILE: 'b',
      SHOUWANG_DATA: 'c',
      PORT: '1',
      HOME: 'd',
    }
    expect(settingsOf({ ...environment, DATABASE_URL: 'e' })).toEqual({ SHOUWANG_DATA: 'c', PORT: '1' })
  })
})

async function keptUpToNow(state: { currentAt: Date | undefined }) {
  const since = Date.now()
  await vi.waitFor(() => expect(state.currentAt?.getTime() ?? 0).toBeGreaterThan(since), {
    timeout: 60_000,
    interval: 50,
  })
}

/** An instant that is neither that of what was done before nor of what is done next. */
async function instantBetween(): Promise<Date> {
  const before = Date.now()
  const until = (at: number) => vi.waitFor(() => expect(Date.now()).toBeGreaterThan(at), { interval: 1 })
  await until(before + 1)
  const between = new Date()
  await until(between.getTime() + 1)
  return between
}
