import { AsyncLocalStorage } from 'node:async_hooks'
import type { Logger } from '../log.ts'
import { type WatchedKind, watch } from './watched.ts'

/** What one statement may take before it is called slow. */
const slowMs = 1000
const mostNames = 200

export interface SlowStatement {
  name: string
  count: number
  longestMs: number
  lastAt: string
}

const found = new Map<string, SlowStatement>()
let total = 0

/** Since the start, most often first. Those of jobs are not among them: they work on a whole province. */
export const slowStatements = {
  list: (): SlowStatement[] => [...found.values()].toSorted((a, b) => b.count - a.count),
  total: (): number => total,
}

/** Counts statements that keep somebody waiting, by what they are; costs a look at the clock each. Answers how to end it. */
export function countSlowStatements(log: Logger): () => void {
  const within = new AsyncLocalStorage<WatchedKind>()
  return watch({
    async run(kind, name, work) {
      if (kind !== 'statement') return within.run(kind, work)
      const began = performance.now()
      try {
        return await work()
      } finally {
        const ms = performance.now() - began
        if (ms >= slowMs && within.getStore() === 'request') {
          log.warn({ statement: name, ms: Math.round(ms) }, 'slow statement')
          note(name, ms)
        }
      }
    },
  })
}

function note(name: string, ms: number) {
  total += 1
  const known = found.get(name)
  if (!known && found.size >= mostNames) return
  found.set(name, {
    name,
    count: (known?.count ?? 0) + 1,
    longestMs: Math.round(Math.max(ms, known?.longestMs ?? 0)),
    lastAt: new Date().toISOString(),
  })
}
