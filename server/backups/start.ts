import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { systemAuditor } from '#server/platform/audit.ts'
import { outageLevel } from '#server/platform/database/away.ts'
import type { Platform } from '#server/platform/platform.ts'
import type { KeeperMessage } from './keeper.ts'

export interface Backups {
  stop(): Promise<void>
}

const againMs = 10_000
const patienceMs = 15_000

/** Runs the keeper of backups beside this process, and again when it fell. What it made is written down: it is a copy of everything. */
export function startBackups({ database, log }: Pick<Platform, 'database' | 'log'>): Backups {
  let child: ChildProcess | undefined
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  const start = () => {
    const own = fork(new URL('./keeper.ts', import.meta.url), {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    child = own
    own.on('message', ({ made }: KeeperMessage) => {
      const { name, bytes, files, pieces } = made
      systemAuditor()
        .record(database.db, {
          action: 'backups.make',
          object: { kind: 'backup', ref: name },
          detail: { bytes, files, written: pieces.written, kept: pieces.kept },
        })
        .catch((error) => log[outageLevel(error)]({ err: error }, 'backup'))
    })
    own.on('exit', (code, signal) => {
      if (stopped) return
      log.error({ code, signal }, 'the keeper of backups fell and is started again')
      timer = setTimeout(start, againMs)
      timer.unref()
    })
  }
  start()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      if (!child?.connected || child.exitCode !== null) return
      const ended = once(child, 'exit')
      child.send('stop')
      const kill = setTimeout(() => child?.kill('SIGKILL'), patienceMs)
      await ended
      clearTimeout(kill)
    },
  }
}
