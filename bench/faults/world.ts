import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { masterKey } from '#bench/prepare-database.ts'
import { isDatabaseAway } from '#server/platform/database/away.ts'
import { findEmbeddedPostgres } from '#server/platform/database/embedded-postgres.ts'
import type { Net } from './client.ts'
import { copyFolder, type Disk, mountDisk, mountInPlace } from './disk.ts'
import { type OwnDatabase, startOwnDatabase } from './own-database.ts'
import { databasePid, signal } from './processes.ts'
import { type Passage, startProxy } from './proxy.ts'
import { asOf } from './template.ts'

const root = path.resolve(import.meta.dirname, '../..')
const diskMegabytes = 900
const walMegabytes = 160

/** How a world is laid out; kinds of faults name what they need. */
export interface Layout {
  /** A PostgreSQL of one's own behind a proxy, instead of the embedded one. */
  hasOwnDatabase?: boolean
  hasDisk?: boolean
  hasWalDisk?: boolean
  settings?: Record<string, string>
}

/** An installation with its processes, started as an office starts it and again whenever it ended. */
export interface World {
  folder: string
  dataFolder: string
  net: Net
  /** Between clients and server. */
  clients: Passage
  /** Between server and database, where that is one of the office's own. */
  database: OwnDatabase | undefined
  disk: Disk | undefined
  walDisk: Disk | undefined
  /** Hours the clock of the server's processes is wrong by. */
  setClock(hours: number): void
  serverPid(): number | undefined
  /** Whether it is started again when it ended. */
  keepUp(isKept: boolean): void
  /** Every process of server and database gone, at once. */
  killAll(): Promise<void>
  waitReady(ms: number): Promise<boolean>
  /** The command line beside the server; its exit code. */
  command(args: readonly string[]): Promise<number>
  query<Row>(text: string, values?: unknown[]): Promise<Row[]>
  close(): Promise<void>
}

export async function openWorld(
  { template, folder }: { template: string; folder: string },
  layout: Layout,
): Promise<World> {
  mkdirSync(folder, { recursive: true })
  const disk = layout.hasDisk ? mountDisk(path.join(folder, 'disk'), diskMegabytes) : undefined
  const dataFolder = path.join(folder, disk ? 'disk/data' : 'data')
  copyFolder(template, dataFolder)
  const walDisk = layout.hasWalDisk
    ? mountInPlace(path.join(dataFolder, 'postgres/pg_wal'), walMegabytes)
    : undefined
  const database = layout.hasOwnDatabase ? await startOwnDatabase(dataFolder) : undefined
  const port = await freePort()
  const clients = await startProxy(() => port)
  const net: Net = {
    url: `http://127.0.0.1:${clients.port}`,
    isDoubled: false,
    isClosed: false,
    odd: [],
    sessions: new Map(),
  }
  const clockFile = path.join(folder, 'clock')
  writeFileSync(clockFile, '0')
  const log = createWriteStream(path.join(folder, 'server.log'), { flags: 'a' })
  const env = {
    ...{ PATH: process.env.PATH, HOME: process.env.HOME, SHOUWANG_DATA: dataFolder },
    ...{ SHOUWANG_DEMO: 'on', SHOUWANG_AS_OF: asOf, SHOUWANG_REQUESTS_PER_MINUTE: '10000000' },
    ...{
      BENCH_CLOCK_FILE: clockFile,
      NODE_COMPILE_CACHE: path.join(path.dirname(template), 'compiled'),
      PORT: String(port),
      NODE_NO_WARNINGS: '1',
    },
    ...(database ? { DATABASE_URL: database.url, SHOUWANG_KEY: masterKey.toString('hex') } : {}),
    ...layout.settings,
  }
  const clock = ['--import', path.join(import.meta.dirname, 'wrong-clock.ts')]
  let child: ChildProcess | undefined
  let isKept = true
  const start = () => {
    child = spawn(process.execPath, [...clock, 'server/main.ts'], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout?.pipe(log, { end: false })
    child.stderr?.pipe(log, { end: false })
    child.once('exit', () => setTimeout(() => isKept && start(), restartMs))
  }
  start()
  const commands = new Set<ChildProcess>()
  // A run that breaks off leaves nothing running.
  const killAtExit = () => {
    isKept = false
    signal([...[...commands].map(({ pid }) => pid), world.serverPid(), databasePid(dataFolder)], 'SIGKILL')
  }
  process.once('exit', killAtExit)
  const world: World = {
    ...{ folder, dataFolder, net, clients, database, disk, walDisk },
    setClock: (hours) => writeFileSync(clockFile, String(hours)),
    serverPid: () => (child?.exitCode === null && child.signalCode === null ? child.pid : undefined),
    keepUp: (kept) => {
      const wasKept = isKept
      isKept = kept
      if (kept && !wasKept && world.serverPid() === undefined) start()
    },
    async killAll() {
      signal([world.serverPid(), databasePid(dataFolder)], 'SIGKILL')
      await delay(100)
    },
    async waitReady(ms) {
      for (const end = performance.now() + ms; performance.now() < end; await delay(150)) {
        const answer = await fetch(`http://127.0.0.1:${port}/readyz`, {
          signal: AbortSignal.timeout(5000),
        }).catch(() => undefined)
        if (answer?.ok) return true
      }
      return false
    },
    async command(args) {
      const run = spawn(process.execPath, ['server/cli.ts', ...args], { cwd: root, env, stdio: 'ignore' })
      commands.add(run)
      const [code] = await once(run, 'exit')
      commands.delete(run)
      return Number(code ?? 1)
    },
    query: (text, values) =>
      queryOnce(() => database?.directUrl ?? findEmbeddedPostgres(dataFolder), text, values),
    async close() {
      isKept = false
      net.isClosed = true
      process.off('exit', killAtExit)
      const pid = world.serverPid()
      if (child && pid !== undefined) {
        const gone = once(child, 'exit')
        signal([pid], 'SIGCONT')
        signal([pid], 'SIGTERM')
        const timer = setTimeout(() => signal([pid], 'SIGKILL'), 30_000)
        await gone
        clearTimeout(timer)
      }
      signal([databasePid(dataFolder)], 'SIGQUIT')
      await database?.stop()
      clients.close()
      log.end()
      for (let tries = 0; databasePid(dataFolder) !== undefined && tries < 200; tries++) await delay(50)
      walDisk?.remove()
      disk?.remove()
      if (existsSync(folder)) rmSync(dataFolder, { recursive: true, force: true })
    },
  }
  return world
}

const restartMs = 200
const patientForMs = 600_000

/** Over a connection of its own, which no fault is about; tries until there is an answer. */
async function queryOnce<Row>(
  url: () => string | undefined,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  for (const end = performance.now() + patientForMs; ; ) {
    const client = new pg.Client({
      connectionString: url() ?? 'postgres://127.0.0.1:1/none',
      application_name: 'bench',
    })
    client.on('error', () => undefined)
    try {
      await client.connect()
      return (await client.query(text, values)).rows as Row[]
    } catch (error) {
      if (!isDatabaseAway(error) || performance.now() > end) throw error
      await delay(100)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
