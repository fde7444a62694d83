import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Which processes belong to a running installation, as the kernel knows them. */

/** The embedded database's first process; undefined where none runs. */
export function databasePid(dataFolder: string): number | undefined {
  const file = path.join(dataFolder, 'postgres/postmaster.pid')
  if (!existsSync(file)) return undefined
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  return Number.isSafeInteger(pid) && isAlive(pid) ? pid : undefined
}

/** Processes of heavy work beside a server. */
export function workerPids(server: number | undefined): number[] {
  return childrenOf(server).filter((pid) => commandOf(pid).includes('server/worker/worker.ts'))
}

export function childrenOf(parent: number | undefined): number[] {
  if (parent === undefined) return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent)
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Sends a signal to those that are still there. */
export function signal(pids: readonly (number | undefined)[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      if (pid !== undefined) process.kill(pid, name)
    } catch {
      // Gone meanwhile.
    }
  }
}

function readOf(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

const commandOf = (pid: number) => readOf(pid, 'cmdline')

function parentOf(pid: number): number {
  const stat = readOf(pid, 'stat')
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
}
