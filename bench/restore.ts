import { fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { openProvince, type Province } from '#bench/open-province.ts'
import { checkRestored } from '#server/backups/restored.ts'
import { readConfig } from '#server/config.ts'
import { systemAuditor } from '#server/platform/audit.ts'
import { backUp } from '#server/platform/backup/keeper.ts'
import { openRepository, openRepositoryToRead } from '#server/platform/backup/parts/repository.ts'
import { restore } from '#server/platform/backup/restore.ts'
import { readBackupState } from '#server/platform/backup/state.ts'
import type { Db } from '#server/platform/database/db.ts'
import { openPlatform } from '#server/platform/platform.ts'
import { schemaParts } from '#server/schema.ts'
import { type BenchFigures, type BenchOptions, print, secondsOf } from './options.ts'
import { masterKey } from './prepare-database.ts'

const key = masterKey.toString('hex')
/** The work goes on while backups are kept, then everything is lost at once. */
const changes = 200
const pauseMs = 40

/**
 * A backup of a province that is at work beside a bare copy of it; then its loss in the middle of acknowledged changes, and what is
 * there again from backup and kept WAL.
 */
export async function run({ households = 200_000 }: BenchOptions): Promise<BenchFigures> {
  if (process.env.DATABASE_URL) throw new Error('this benchmark needs the embedded database')
  const own = mkdtempSync(path.join(os.tmpdir(), 'shouwang-bench-'))
  const province = await openProvince({ households, out: path.join(own, 'data') })
  try {
    const folder = path.join(own, 'backups')
    mkdirSync(folder)
    const { backupSeconds, againSeconds, copySeconds, bytes } = await measureBackup(province, own, folder)
    const lost = await loseAll(province, folder)
    const to = path.join(own, 'restored')
    const restoreSeconds = await secondsOf(() =>
      restore(openRepositoryToRead(folder, masterKey), to, undefined),
    )
    print(`restored in ${restoreSeconds.toFixed(1)} s`)
    const found = await lookAt(to)
    const isPrefix = found.restored.every((n, i) => n === i)
    const last = found.restored.length
    const lostSeconds =
      last >= lost.acknowledged.length ? 0 : (lost.at - (lost.acknowledged[last] ?? lost.at)) / 1000
    return {
      ...{ households, megabytes: Math.round(bytes / 2 ** 20) },
      ...{ backupSeconds: round(backupSeconds), restoreSeconds: round(restoreSeconds) },
      tarRatio: round(backupSeconds / copySeconds),
      ...{ copySeconds: round(copySeconds), againSeconds: round(againSeconds) },
      lostSeconds: round(lostSeconds),
      ...{ acknowledged: lost.acknowledged.length, restored: last },
      verified: found.ok && isPrefix && JSON.stringify(found.digests) === JSON.stringify(lost.digests),
    }
  } finally {
    rmSync(own, { recursive: true, force: true })
  }
}

async function measureBackup({ owner, folder: data }: Province, own: string, folder: string) {
  const source = {
    url: owner.url,
    dataDirectory: data,
    fileDirectory: path.join(data, 'files'),
    settings: {},
  }
  // Neither pays for what filling the province left to be written.
  await owner.pool.query('vacuum analyze')
  await owner.pool.query('checkpoint')
  let bytes = 0
  const back = async () => {
    ;({ bytes } = await backUp(await openRepository(folder, masterKey), 30, source))
  }
  const tar = path.join(own, 'copy.tar')
  const copySeconds = await secondsOf(async () => {
    const made = spawnSync('sh', [
      '-c',
      'tar -cf "$1" -C "$2" --exclude=pg_wal . && sync "$1"',
      'sh',
      tar,
      data,
    ])
    if (!existsSync(tar)) throw new Error(made.stderr.toString())
  })
  rmSync(tar)
  print(`copied in ${copySeconds.toFixed(1)} s`)
  const backupSeconds = await secondsOf(back)
  print(`backed up in ${backupSeconds.toFixed(1)} s`)
  const againSeconds = await secondsOf(back)
  print(`again in ${againSeconds.toFixed(1)} s`)
  return { backupSeconds, againSeconds, copySeconds, bytes }
}

/** Changes are made while a keeper follows; then the machine is gone: database, keeper and data folder. */
async function loseAll(province: Province, folder: string) {
  const { owner, folder: data } = province
  const digests = await digestsOf(owner.db)
  const env = { ...process.env, SHOUWANG_DATA: data, SHOUWANG_KEY: key, SHOUWANG_BACKUP_DIR: folder }
  const keeper = fork(path.resolve(import.meta.dirname, '../server/backups/keeper.ts'), { env })
  const ended = once(keeper, 'exit')
  await until(() => readBackupState(data).keptUntil !== undefined)
  const acknowledged: number[] = []
  for (let n = 0; n < changes; n++) {
    await systemAuditor().record(owner.db, { action: 'bench.change', count: n })
    acknowledged.push(Date.now())
    await delay(pauseMs)
  }
  const at = Date.now()
  process.kill(
    Number(readFileSync(path.join(data, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]),
    'SIGKILL',
  )
  keeper.kill('SIGKILL')
  await ended
  await province.close()
  rmSync(data, { recursive: true, force: true })
  return { acknowledged, at, digests }
}

async function lookAt(to: string) {
  const config = readConfig({ SHOUWANG_DATA: to, SHOUWANG_KEY: key, SHOUWANG_DEMO: 'off' })
  const platform = await openPlatform(config, schemaParts)
  try {
    const { ok } = await checkRestored(platform, to)
    const { db } = platform.database
    const { rows } = await sql<{ n: number }>`
      select row_count as n from audit_entry where action = 'bench.change' order by id`.execute(db)
    return { ok, restored: rows.map(({ n }) => n), digests: await digestsOf(db) }
  } finally {
    await platform.close()
  }
}

/** Every row of what the province mainly consists of, in whatever order. */
async function digestsOf(db: Db): Promise<string[]> {
  const digests: string[] = []
  for (const table of ['household', 'person', 'clue', 'visit', 'case_file', 'category_spell']) {
    const { rows } = await sql<{ digest: string }>`
      select count(*) || ' ' || sum(hashtextextended(t::text, 0)) as digest from ${sql.table(table)} t`.execute(
      db,
    )
    digests.push(`${table} ${rows[0]?.digest}`)
  }
  return digests
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    if (tries > 1200) throw new Error('no backup was kept')
    await delay(100)
  }
}

const round = (value: number) => Number(value.toPrecision(3))
