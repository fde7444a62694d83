import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Kind } from '../kind.ts'
import { databasePid, signal } from '../processes.ts'
import type { World } from '../world.ts'

/** While the server refuses to start, what an operator put wrong stays wrong for so long. */
const wrongMs = 4000

export const serverKinds: readonly Kind[] = [
  { name: 'server-killed', strike: async (world) => signal([world.serverPid()], 'SIGKILL') },
  { name: 'server-stopped', strike: async (world) => signal([world.serverPid()], 'SIGTERM') },
  {
    name: 'server-frozen',
    strike: async (world) => {
      const pid = world.serverPid()
      signal([pid], 'SIGSTOP')
      await delay(4000)
      signal([pid], 'SIGCONT')
    },
  },
  {
    name: 'server-killed-twice',
    strike: async (world) => {
      signal([world.serverPid()], 'SIGKILL')
      await delay(1500)
      signal([world.serverPid()], 'SIGKILL')
    },
  },
  {
    name: 'machine-lost-power',
    strike: (world) => world.killAll(),
  },
  {
    name: 'database-orphan-stopping',
    // The server dies, and whoever looks after the machine stops what is left while a new one starts.
    strike: async (world) => {
      signal([world.serverPid()], 'SIGKILL')
      signal([databasePid(world.dataFolder)], 'SIGINT')
    },
  },
  {
    name: 'key-file-missing',
    strike: (world) =>
      withWrongKey(world, (file) => {
        renameSync(file, `${file}.aside`)
      }),
  },
  {
    name: 'key-file-other',
    strike: (world) =>
      withWrongKey(world, (file) => {
        renameSync(file, `${file}.aside`)
        writeFileSync(file, 'ab'.repeat(32), { mode: 0o600 })
      }),
  },
  {
    name: 'key-file-away-while-running',
    strike: async (world) => {
      const file = path.join(world.dataFolder, 'master.key')
      renameSync(file, `${file}.aside`)
      await delay(wrongMs)
      renameSync(`${file}.aside`, file)
    },
  },
  { name: 'clock-behind', strike: (world) => withClock(world, -1) },
  { name: 'clock-ahead', strike: (world) => withClock(world, 26) },
]

/** Killed while its key is not what it was; the operator reads what the start says and puts it right. */
async function withWrongKey(world: World, change: (file: string) => void): Promise<void> {
  const file = path.join(world.dataFolder, 'master.key')
  const right = readFileSync(file)
  change(file)
  signal([world.serverPid()], 'SIGKILL')
  await delay(wrongMs)
  rmSync(file, { force: true })
  rmSync(`${file}.aside`, { force: true })
  writeFileSync(file, right, { mode: 0o600 })
}

async function withClock(world: World, hours: number): Promise<void> {
  world.setClock(hours)
  await delay(4000)
  world.setClock(0)
}
