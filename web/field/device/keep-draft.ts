import type { Draft } from '../work/draft.ts'
import { getState, setState } from './state.ts'
import { applyChange, isStorageFull } from './store.ts'

/** Drafts by visit that are not on the device yet. */
const waiting = new Map<string, Draft>()
const listeners = new Set<() => void>()
let running: Promise<void> | undefined

/** Writes a draft at once; while one is being written only the newest waits. */
export function keepDraft(draft: Draft): Promise<void> {
  waiting.set(draft.visit, draft)
  return keepAgain()
}

/** Writes what could not be written before; answers when nothing waits or nothing can be done. */
export function keepAgain(): Promise<void> {
  running ??= keepAll().finally(() => {
    running = undefined
    notify()
  })
  notify()
  return running
}

async function keepAll() {
  for (let next = first(); next; next = first()) {
    const { key } = getState()
    // Locked: it waits in memory until the PIN was entered again.
    if (!key) return
    try {
      await applyChange(key, { put: { drafts: [[next.visit, next]] } })
    } catch (error) {
      if (!isStorageFull(error)) throw error
      return setState({ storageFull: true })
    }
    if (waiting.get(next.visit) === next) waiting.delete(next.visit)
  }
  if (getState().storageFull) setState({ storageFull: false })
}

const first = () => waiting.values().next().value

/** A draft that was handed in or discarded is not written any more. */
export function forgetDraft(visit: string): void {
  waiting.delete(visit)
  notify()
}

/** After an erasure nothing of before may come back. */
export function forgetAllDrafts(): void {
  waiting.clear()
  notify()
}

export type Keeping = 'kept' | 'keeping' | 'not-kept'

export function keepingNow(): Keeping {
  if (waiting.size === 0) return 'kept'
  return running ? 'keeping' : 'not-kept'
}

/** What waits for its place on the device, newer than what lies there. */
export const waitingDraft = (visit: string) => waiting.get(visit)

export const waitingDrafts = () => [...waiting.values()]

function notify() {
  for (const listener of listeners) listener()
}

export function onKeeping(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
