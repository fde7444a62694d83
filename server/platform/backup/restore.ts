import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { chown, copyFile, mkdir, open, readdir, readFile, rename, stat } from 'node:fs/promises'
import path from 'node:path'
import { ConfigError } from '#server/config.ts'
import { openDatabase } from '../database/db.ts'
import { databaseFilesOwner, startEmbeddedPostgres } from '../database/embedded-postgres.ts'
import { writeWhole } from '../files/file-keys.ts'
import type { Manifest, ManifestEntry } from './parts/manifest.ts'
import { type KeptBackup, listBackups, readManifest } from './parts/repository.ts'
import { DamagedPiece, type SealBox, tagLength } from './parts/seal-box.ts'
import { piecePart } from './parts/store.ts'
import { parseLsn } from './wal/replication.ts'
import {
  isHistory,
  isSegment,
  listWal,
  readPieces,
  startOf,
  timelineOf,
  type WalPiece,
  walFolder,
} from './wal/wal-archive.ts'

export interface RestoreSource {
  box: SealBox
  folder: string
}

export interface Restored {
  /** The backup it began with. */
  backup: string
  /** The last change that is in it was made at this instant; null where none was made since the backup. */
  lastChangeAt: string | null
  /** Nothing acknowledged before this instant is missing. */
  knownUntil: string
  /** What was kept after that lies behind a hole and is not in it. */
  hasHole: boolean
  files: number
  /** Received files that the backup has no key for, or that were erased after the instant. */
  filesLeftOut: number
}

export type RestoreStep = 'database' | 'wal' | 'recovery' | 'files'

/** Stands in a folder that is not whole yet: no server may start there. */
export const unfinishedMark = 'restore-unfinished'

/** Throws `ConfigError` in a folder whose restore did not end. */
export function refuseUnfinishedRestore(dataDirectory: string): void {
  if (existsSync(path.join(dataDirectory, unfinishedMark)))
    throw new ConfigError(
      `${dataDirectory} 中的恢复没有做完，不能启动。请再次运行 shouwang restore … --to ${dataDirectory}，它会从头再来。`,
    )
}

/** The backup to begin with: the newest that had ended at the instant. Throws `ConfigError`. */
export async function chooseBackup(
  source: RestoreSource,
  at: Date | undefined,
): Promise<{ kept: KeptBackup; manifest: Manifest }> {
  const all = listBackups(source.folder)
  for (const kept of all.toReversed()) {
    if (at && kept.startedAt > at) continue
    const manifest = await readManifest(source, kept.name)
    if (!at || new Date(manifest.endedAt) <= at) return { kept, manifest }
  }
  const [first] = all
  throw new ConfigError(
    first
      ? `没有在 ${at?.toISOString()} 之前完成的备份；最早的备份开始于 ${first.startedAt.toISOString()}。`
      : `${source.folder} 中没有完整的备份。`,
  )
}

/**
 * Makes a data folder again from a backup and the WAL kept since, up to the newest state or to an instant; PostgreSQL itself carries
 * the WAL over. The folder is empty before, or holds what an interrupted restore left.
 */
export async function restore(
  source: RestoreSource,
  to: string,
  at: Date | undefined,
  report: (step: RestoreStep, done: number, of: number) => void = () => undefined,
): Promise<Restored> {
  emptyFolder(to)
  const { kept, manifest } = await chooseBackup(source, at)
  await writeEntries(source, to, manifest, (done) => report('database', done, manifest.bytes))
  const wal = await writeWal(source, to, manifest, at, (done, of) => report('wal', done, of))
  const endedAt = new Date(manifest.endedAt)
  const keptUntil = readLatest(source, keptUntilPart)?.toString()
  const knownUntil = latestOf([
    ...[endedAt, wal.until],
    keptUntil && !wal.hasHole ? new Date(keptUntil) : undefined,
  ])
  if (at && at > knownUntil)
    throw new ConfigError(
      `这些备份只知道 ${knownUntil.toISOString()} 为止的情况。要恢复到最新状态，请去掉 --at。`,
    )
  report('recovery', 0, 1)
  const recovered = await recover(to, at && at > endedAt ? at : undefined, wal)
  const files = await writeFiles(source, to, recovered.lastKey, (done) => report('files', done, 0))
  await restoreAnchors(source, to, at)
  rmSync(path.join(to, unfinishedMark))
  return {
    backup: kept.name,
    lastChangeAt: recovered.lastChangeAt,
    knownUntil: (at ?? knownUntil).toISOString(),
    hasHole: wal.hasHole && !at,
    ...files,
  }
}

function emptyFolder(to: string) {
  const found = existsSync(to) ? readdirSync(to) : []
  const mark = path.join(to, unfinishedMark)
  // A new disk has this one.
  const others = found.filter((name) => name !== 'lost+found')
  if (existsSync(mark)) {
    for (const name of others) if (name !== unfinishedMark) rmSync(path.join(to, name), { recursive: true })
  } else if (others.length > 0) {
    throw new ConfigError(`${to} 不是空文件夹。恢复只写入空文件夹，免得盖掉已有的数据；请换一个文件夹。`)
  }
  mkdirSync(to, { recursive: true, mode: 0o700 })
  writeFileSync(mark, '', { mode: 0o600 })
}

async function writeEntries(
  { box, folder }: RestoreSource,
  to: string,
  { entries }: Manifest,
  report: (bytes: number) => void,
) {
  const owner = databaseFilesOwner()
  let done = 0
  const own = async (target: string, entry: ManifestEntry) => {
    if (owner && /^postgres(\/|-password|$)/.test(entry.path)) await chown(target, owner.uid, owner.gid)
  }
  const root = path.join(to, 'postgres')
  await mkdir(root, { mode: 0o700 })
  if (owner) chownSync(root, owner.uid, owner.gid)
  for (const entry of entries) {
    const target = inside(to, entry.path)
    if (entry.kind === 'folder') {
      await mkdir(target, { recursive: true, mode: 0o700 })
      await own(target, entry)
      continue
    }
    await mkdir(path.dirname(target), { recursive: true, mode: 0o700 })
    const handle = await open(target, 'w', 0o600)
    try {
      for (const tag of entry.pieces) {
        const sealed = await readFile(path.join(folder, piecePart(tag)))
        await writeWhole(handle, box.open('', Buffer.from(tag, 'hex'), sealed))
      }
    } finally {
      await handle.close()
    }
    await own(target, entry)
    done += entry.size
    report(done)
  }
}

/** Names come from a file that only the key makes, and are held inside the folder all the same. */
function inside(to: string, name: string): string {
  const target = path.resolve(to, name)
  if (!target.startsWith(`${path.resolve(to)}${path.sep}`))
    throw new DamagedPiece(`a path leads outside: ${name}`)
  return target
}

interface KeptWal {
  timeline: number
  /** When the last of it came that follows on what came before; undefined where there is none. */
  until: Date | undefined
  /** More lies behind a hole, and cannot be reached. */
  hasHole: boolean
}

/** Lays the kept WAL into the database's folder: over what came with the backup, up to its end or the first hole. */
async function writeWal(
  { box, folder }: RestoreSource,
  to: string,
  { database }: Manifest,
  at: Date | undefined,
  report: (done: number, of: number) => void,
): Promise<KeptWal> {
  const from = path.join(folder, walFolder(database.systemId))
  const target = path.join(to, 'postgres', 'pg_wal')
  const { segmentBytes } = database
  const names = await listWal(from)
  const timeline = await writeHistories({ box, folder: from }, target, database, names, at)
  const start = parseLsn(database.startLsn)
  const segments = names.filter(
    (name) =>
      isSegment(name) &&
      timelineOf(name) >= database.timeline &&
      timelineOf(name) <= timeline &&
      startOf(name, segmentBytes) + BigInt(segmentBytes) > start,
  )
  let until: Date | undefined
  // So far the backup itself has all there is.
  let end = parseLsn(database.stopLsn)
  for (const [done, name] of segments.entries()) {
    const begin = startOf(name, segmentBytes)
    const { pieces } = await readPieces(from, name, box)
    const hole = pieces.findIndex(({ offset, bytes }) => {
      if (begin + BigInt(offset) > end) return true
      // A newer timeline may begin before the end of the one it left.
      const next = begin + BigInt(offset + bytes.length)
      end = next > end || timelineOf(name) > database.timeline ? next : end
      return false
    })
    const whole = hole < 0 ? pieces : pieces.slice(0, hole)
    await writeSegment(path.join(target, name), whole, segmentBytes)
    until = whole.at(-1)?.at ?? until
    if (hole >= 0) return { timeline, until, hasHole: true }
    report(done + 1, segments.length)
  }
  return { timeline, until, hasHole: false }
}

async function writeSegment(file: string, pieces: readonly WalPiece[], segmentBytes: number) {
  if (pieces.length === 0) return
  const handle = await open(file, existsSync(file) ? 'r+' : 'w+', 0o600)
  try {
    await handle.truncate(segmentBytes)
    for (const { offset, bytes } of pieces) await handle.write(bytes, 0, bytes.length, offset)
  } finally {
    await handle.close()
  }
  const owner = databaseFilesOwner()
  if (owner) await chown(file, owner.uid, owner.gid)
}

/**
 * Where timelines left each other; all of them, so that the one to come takes no number that was used. Answers which to follow: the
 * newest that had begun by the instant.
 */
async function writeHistories(
  { box, folder }: RestoreSource,
  target: string,
  database: Manifest['database'],
  names: readonly string[],
  at: Date | undefined,
): Promise<number> {
  const owner = databaseFilesOwner()
  let { timeline } = database
  for (const name of names.filter(isHistory)) {
    const bytes = await readFile(path.join(folder, name))
    const place = `${walFolder(database.systemId)}/${name}`
    const file = path.join(target, name)
    writeFileSync(file, box.open(place, bytes.subarray(0, tagLength), bytes.subarray(tagLength)))
    if (owner) chownSync(file, owner.uid, owner.gid)
    const { mtime } = await stat(path.join(folder, name))
    if (timelineOf(name) > timeline && !(at && mtime > at)) timeline = timelineOf(name)
  }
  return timeline
}

/** What PostgreSQL says where no change was made after the instant: then the newest state is that of the instant. */
const nothingLater = /recovery ended before configured recovery target was reached/

async function recover(to: string, at: Date | undefined, { timeline }: { timeline: number }) {
  const owner = databaseFilesOwner()
  const signal = path.join(to, 'postgres', 'recovery.signal')
  const settings = {
    // All of it lies in place already.
    restore_command: 'false',
    recovery_target_timeline: String(timeline),
    recovery_target_action: 'promote',
    hot_standby: 'off',
    ...(at ? { recovery_target_time: at.toISOString().replace('T', ' ').replace('Z', '+00') } : {}),
  }
  writeFileSync(signal, '', { mode: 0o600 })
  if (owner) chownSync(signal, owner.uid, owner.gid)
  const start = (more: Record<string, string>) => startEmbeddedPostgres(to, { durable: true, settings: more })
  const server = await start(settings).catch((error: unknown) => {
    if (!at || !(error instanceof Error) || !nothingLater.test(error.message)) throw error
    const { recovery_target_time: _, ...newest } = settings
    return start(newest)
  })
  const database = openDatabase(server.url, { max: 1 })
  try {
    const { rows } = await database.pool.query<{ last: string | null; position: string; key: number }>(
      `select pg_last_xact_replay_timestamp() as last, pg_last_wal_replay_lsn() as position,
        (select max(id) from data_key)::int as key`,
    )
    const [row] = rows
    return {
      lastChangeAt: row?.last ?? null,
      position: parseLsn(row?.position ?? '0/0'),
      lastKey: row?.key ?? 0,
    }
  } finally {
    await database.close()
    await server.stop()
  }
}

/** Received files as they lay there, each with the newest of its keys that the restored database knows the data key of. */
async function writeFiles(
  { folder }: RestoreSource,
  to: string,
  lastKey: number,
  report: (done: number) => void,
): Promise<Pick<Restored, 'files' | 'filesLeftOut'>> {
  const from = path.join(folder, 'files')
  const target = path.join(to, 'files')
  await mkdir(target, { recursive: true, mode: 0o700 })
  let files = 0
  let filesLeftOut = 0
  for (const prefix of (await readdir(from).catch(() => [])).toSorted()) {
    const names = await readdir(path.join(from, prefix))
    const keys = new Map<string, number>()
    for (const name of names) {
      const [, ref = '', id = ''] = /^(.{36})\.key\.(\d+)$/.exec(name) ?? []
      if (id && Number(id) <= lastKey) keys.set(ref, Math.max(keys.get(ref) ?? 0, Number(id)))
    }
    for (const name of names.filter((one) => one.endsWith('.sealed'))) {
      const ref = name.slice(0, -'.sealed'.length)
      const key = keys.get(ref)
      if (key === undefined && names.some((one) => one.startsWith(`${ref}.key.`))) {
        // Received after the instant, under a data key that was not there yet.
        filesLeftOut += 1
        continue
      }
      await copyFile(path.join(from, prefix, name), path.join(target, name))
      if (key !== undefined)
        await copyFile(path.join(from, prefix, `${ref}.key.${key}`), path.join(target, `${ref}.key`))
      files += 1
      report(files)
    }
  }
  return { files, filesLeftOut }
}

/** What is kept anew all the while, each sealed as one part. */
export const anchorPart = 'latest/audit-anchors'
export const keptUntilPart = 'latest/kept-until'
const anchorFile = 'audit-anchors.log'

function readLatest({ box, folder }: RestoreSource, part: string): Buffer | undefined {
  const file = path.join(folder, part)
  if (!existsSync(file)) return undefined
  const sealed = readFileSync(file)
  return box.open(part, sealed.subarray(0, tagLength), sealed.subarray(tagLength))
}

const latestOf = (instants: readonly (Date | undefined)[]) =>
  new Date(Math.max(...instants.flatMap((at) => (at ? [at.getTime()] : []))))

/** The newest anchors that were kept. Those after the instant are laid aside: of what they prove nothing was restored. */
async function restoreAnchors(source: RestoreSource, to: string, at: Date | undefined) {
  const file = path.join(to, anchorFile)
  const backedUp = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const latest = readLatest(source, anchorPart)?.toString() ?? ''
  // Lines are only ever added.
  const lines = (latest.startsWith(backedUp) ? latest : backedUp).split('\n').filter(Boolean)
  const isLater = (line: string) => at !== undefined && new Date(line.split(' ')[0] ?? '') > at
  const written = (kept: string[]) => kept.map((line) => `${line}\n`).join('')
  writeFileSync(`${file}.partial`, written(lines.filter((line) => !isLater(line))), { mode: 0o600 })
  await rename(`${file}.partial`, file)
  const later = lines.filter(isLater)
  if (later.length > 0)
    writeFileSync(path.join(to, 'audit-anchors.later.log'), written(later), { mode: 0o600 })
}
