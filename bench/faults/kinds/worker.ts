import { spawnSync } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import type { Kind } from '../kind.ts'
import { signal, workerPids } from '../processes.ts'

export const workerKinds: readonly Kind[] = [
  {
    name: 'worker-killed',
    strike: async (world) => signal(workerPids(world.serverPid()), 'SIGKILL'),
  },
  {
    name: 'worker-killed-again-and-again',
    strike: async (world) => {
      for (let i = 0; i < 2; i++) {
        signal(workerPids(world.serverPid()), 'SIGKILL')
        await delay(1200)
      }
    },
  },
  {
    name: 'worker-out-of-memory',
    // Not a page more than it has: the next that it needs ends it.
    strike: async (world) => {
      for (const pid of workerPids(world.serverPid()))
        spawnSync('prlimit', [`--pid=${pid}`, '--as=1048576:1048576'])
      await delay(1000)
    },
  },
  {
    name: 'worker-frozen',
    strike: async (world) => {
      const pids = workerPids(world.serverPid())
      signal(pids, 'SIGSTOP')
      await delay(5000)
      signal(pids, 'SIGCONT')
    },
  },
]
