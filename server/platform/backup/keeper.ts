import { existsSync, watch } from 'node:fs'
import { mkdir, readFile, utimes } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { dayMs } from '#contract/days.ts'
import { describeOwner, lockFolder } from '../data-lock.ts'
import { isDatabaseAway } from '../database/away.ts'
import type { Logger } from '../log.ts'
import { expireBackups } from './expire.ts'
import { type BackupSource, type MadeBackup, makeBackup } from './make-backup.ts'
import {
  type FolderRepository,
  foldersOfKeys,
  listBackups,
  openRepository,
  readManifest,
} from './parts/repository.ts'
import { keepReceivedFile, keepReceivedFiles } from './received-files.ts'
import { anchorPart, keptUntilPart } from './restore.ts'
import { lastDue } from './schedule.ts'
import { BackupFolderError, changeBackupState, failureOf, readBackupState } from './state.ts'
import { parseLsn } from './wal/replication.ts'
import { followWal, isGone, type WalState, type WalStream } from './wal/wal-stream.ts'

export interface KeeperOptions {
  folder: string
  masterKey: Buffer
  /** Times of day in China at which a whole backup is made, such as `02:30`. */
  at: readonly string[]
  keepDays: number
  dataDirectory: string
  /** Throws while the database is away. */
  source(): BackupSource
  log: Logger
  /** A backup was made. */
  made(backup: MadeBackup): void
}

export interface Keeper {
  /** Keeps what is there, and ends. */
  stop(): Promise<void>
}

const tickMs = 500
const stateMs = 5000
const scanMs = 10 * 60_000
const firstPauseMs = 1000
const longestPauseMs = 60_000
const stopMs = 5000
/** A keeper touches its lock with every state it writes. */
const staleLockMs = 5 * 60_000

/**
 * Keeps backups current for as long as it runs: the WAL and received files as they come, a whole backup at its times and whenever there
 * is none to begin with. Whatever fails is said in the state and tried again; nothing of it stands in the way of the work.
 */
export function startKeeper(options: KeeperOptions): Keeper {
  const stopping = new AbortController()
  const running = keepTrying(options, stopping.signal)
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}

async function keepTrying(options: KeeperOptions, signal: AbortSignal): Promise<void> {
  let anew = false
  for (let pause = firstPauseMs; !signal.aborted; pause = Math.min(longestPauseMs, pause * 2)) {
    const began = Date.now()
    const error = await keep(options, anew, signal).catch((failed: unknown) => failed)
    if (signal.aborted || error === undefined) return
    anew = isGone(error)
    // While the database is away nothing is lost by waiting.
    if (!isDatabaseAway(error)) {
      changeBackupState(options.dataDirectory, { failure: failureOf(error), running: undefined })
      options.log.error({ err: error }, 'backups are not kept')
    }
    if (Date.now() - began > longestPauseMs) pause = firstPauseMs
    await delay(pause, undefined, { signal }).catch(() => undefined)
  }
}

/** Until it fails or is to stop. */
async function keep(options: KeeperOptions, anew: boolean, signal: AbortSignal): Promise<void> {
  const source = options.source()
  const { dataDirectory } = options
  refuseOtherFolder(options.folder, dataDirectory)
  const repository = await openRepository(options.folder, options.masterKey)
  const release = lockFolder(
    repository.folder,
    'keeper.lock',
    (owner) => `another server keeps its backups in ${options.folder}: ${describeOwner(owner)}`,
    staleLockMs,
  )
  const over = new AbortController()
  const files = await followFiles(repository, source.fileDirectory)
  let wal: WalStream | undefined
  let working: Promise<void> | undefined
  try {
    wal = await followWal(source.url, repository, { anew })
    const anchors = followAnchors(repository, path.join(dataDirectory, 'audit-anchors.log'))
    changeBackupState(dataDirectory, { folder: options.folder })
    working = work(options, source, repository, { wal, files, anchors, signal, over: over.signal })
    await Promise.race([wal.ended.then((error) => Promise.reject(error)), working])
  } finally {
    over.abort()
    await wal?.stop()
    // A backup that is interrupted goes on where it was left; one whose stream ended is let to its end.
    if (!signal.aborted) await working?.catch(() => undefined)
    files.close()
    release()
  }
}

interface Following {
  wal: WalStream
  files: ReceivedFiles
  anchors: Anchors
  /** The whole is to stop. */
  signal: AbortSignal
  /** The stream ended, or something else failed. */
  over: AbortSignal
}

async function work(
  options: KeeperOptions,
  source: BackupSource,
  repository: FolderRepository,
  { wal, files, anchors, signal, over }: Following,
): Promise<void> {
  const { dataDirectory } = source
  let writtenAt = 0
  let scannedAt = Date.now()
  let backup: Promise<void> | undefined
  let failed: { error: unknown } | undefined
  const tick = async () => {
    if (failed) throw failed.error
    const began = Date.now()
    const all = began - scannedAt > scanMs
    if (all) scannedAt = began
    await files.keep(all)
    await anchors.keep(wal.state.currentAt)
    const { currentAt } = wal.state
    if (!currentAt) return
    const newest = listBackups(repository.folder).at(-1)
    const reaches = newest !== undefined && (await reachesWal(repository, newest.name, wal.state))
    if (!backup && (!reaches || newest.startedAt < lastDue(options.at, new Date()))) {
      backup = whole(options, source, repository)
        .catch((error: unknown) => {
          failed = { error }
        })
        .finally(() => {
          backup = undefined
        })
    }
    if (began - writtenAt < stateMs && !signal.aborted) return
    writtenAt = began
    await utimes(path.join(repository.folder, 'keeper.lock'), new Date(), new Date())
    // WAL without a backup that reaches it restores nothing: until there is one, nothing more is kept than before.
    const keptUntil = reaches ? new Date(Math.min(currentAt.getTime(), began)).toISOString() : undefined
    if (keptUntil) await keepLatest(repository, keptUntilPart, keptUntil)
    changeBackupState(dataDirectory, {
      ...(keptUntil ? { keptUntil } : {}),
      // What failed before does no longer, once nothing is left to be made.
      ...(backup ? {} : { failure: undefined }),
    })
  }
  const ends = AbortSignal.any([signal, over])
  while (!ends.aborted) {
    await tick()
    await delay(tickMs, undefined, { signal: ends }).catch(() => undefined)
  }
  if (over.aborted) return backup
  // What was acknowledged before the stop is kept too.
  const since = Date.now()
  while (Date.now() - since < stopMs && !over.aborted) {
    await tick()
    if ((wal.state.currentAt?.getTime() ?? 0) > since) return
    await delay(tickMs / 5)
  }
}

/** A folder that had backups and is empty now is a disk that is not mounted: nothing is written onto the one below it. */
function refuseOtherFolder(folder: string, dataDirectory: string) {
  if (!existsSync(folder)) throw new BackupFolderError('folder-missing', `${folder} is not there`)
  const known = readBackupState(dataDirectory)
  const isEmpty = foldersOfKeys(folder).length === 0
  if (known.folder === folder && known.lastGood && isEmpty)
    throw new BackupFolderError('folder-other', `${folder} holds none of the backups that were made there`)
}

/** Whether the kept WAL goes on from a backup: there is no hole between them, and the database was not begun anew or restored since. */
async function reachesWal(
  repository: FolderRepository,
  backup: string,
  { systemId, timeline, from }: WalState,
): Promise<boolean> {
  const { database } = await newestDatabase(repository, backup)
  return (
    database.systemId === systemId && database.timeline === timeline && parseLsn(database.stopLsn) >= from
  )
}

const known = new Map<string, Awaited<ReturnType<typeof readManifest>>['database']>()

/** A manifest can be long: of the newest what decides is remembered. */
async function newestDatabase(repository: FolderRepository, name: string) {
  const database = known.get(name) ?? (await readManifest(repository, name)).database
  known.clear()
  known.set(name, database)
  return { database }
}

async function whole(options: KeeperOptions, source: BackupSource, repository: FolderRepository) {
  const { dataDirectory } = source
  changeBackupState(dataDirectory, { running: { since: new Date().toISOString() } })
  try {
    const made = await backUp(repository, options.keepDays, source)
    options.made(made)
  } catch (error) {
    changeBackupState(dataDirectory, { failure: failureOf(error), running: undefined })
    throw error
  }
}

/** Makes one backup, says so in the state, and removes what is past its time; one at a time in a folder. */
export async function backUp(
  repository: FolderRepository,
  keepDays: number,
  source: BackupSource,
  report?: Parameters<typeof makeBackup>[2],
): Promise<MadeBackup & { removed: number }> {
  const release = lockFolder(
    repository.folder,
    'backup.lock',
    (owner) => `a backup is being made in ${repository.folder} already: ${describeOwner(owner)}`,
    dayMs,
  )
  try {
    const made = await makeBackup(repository, source, report)
    const { name, startedAt, endedAt, bytes, files } = made
    changeBackupState(source.dataDirectory, {
      lastGood: { name, startedAt, endedAt, bytes, files },
      failure: undefined,
      running: undefined,
    })
    const { removed } = await expireBackups(repository, {
      keepFrom: new Date(Date.now() - keepDays * dayMs),
      received: source.fileDirectory,
    })
    return { ...made, removed }
  } finally {
    release()
  }
}

interface ReceivedFiles {
  /** Keeps what came since; `all` looks at every file again. */
  keep(all: boolean): Promise<void>
  close(): void
}

async function followFiles(repository: FolderRepository, folder: string): Promise<ReceivedFiles> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const came = new Set<string>()
  let missed = true
  const watcher = watch(folder, (_event, name) => {
    if (name) came.add(name)
    else missed = true
  })
  watcher.on('error', () => {
    missed = true
  })
  return {
    async keep(all) {
      if (all || missed) {
        missed = false
        await keepReceivedFiles(repository, folder)
      }
      const names = [...came]
      came.clear()
      for (const name of names) await keepReceivedFile(repository, folder, name)
    },
    close: () => watcher.close(),
  }
}

interface Anchors {
  keep(currentAt: Date | undefined): Promise<void>
}

/** Anchors prove what is sealed: they are kept once the WAL of what they prove is, or a restored chain would seem cut. */
function followAnchors(repository: FolderRepository, file: string): Anchors {
  let kept = ''
  let waiting: { text: string; at: Date } | undefined
  return {
    async keep(currentAt) {
      if (waiting && currentAt && currentAt > waiting.at) {
        await keepLatest(repository, anchorPart, waiting.text)
        kept = waiting.text
        waiting = undefined
      }
      if (waiting) return
      const text = await readFile(file, 'utf8').catch(() => '')
      if (text !== kept) waiting = { text, at: new Date() }
    },
  }
}

async function keepLatest({ box, store }: FolderRepository, part: string, text: string) {
  const piece = box.seal(part, Buffer.from(text))
  await store.write(part, Buffer.concat([piece.tag, piece.sealed()]))
}
