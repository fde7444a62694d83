import { sql } from 'kysely'
import type { Db } from '#server/platform/database/db.ts'

export type Stage = 'check' | 'match' | 'merge' | 'screen'

/** Where each stage stands in the whole way, by what stages take of a large file. */
const share: Record<Stage, readonly [from: number, to: number]> = {
  check: [0, 0.5],
  match: [0.5, 0.65],
  merge: [0.65, 0.85],
  screen: [0.85, 1],
}

export interface Progress {
  stage(name: Stage): void
  /** Rows of the stage done so far, and the part of the stage they make, 0 to 1. */
  rows(done: number, part: number): void
  /** Milliseconds of each stage so far, the running one included. */
  times(): Record<string, number>
  /** Nothing is written once this has resolved. */
  close(): Promise<void>
}

export type ProgressListener = (progress: { stage: Stage; rows: number; share: number }) => void

const everyMs = 300

/** Writes progress of a batch over a connection of its own, so that it shows while the merging transaction runs. */
export function openProgress(db: Db, batchId: number, listener?: ProgressListener): Progress {
  const times: Record<string, number> = {}
  let stage: Stage = 'check'
  let rows = 0
  let part = 0
  let since = performance.now()
  let written = 0
  let writing: Promise<unknown> = Promise.resolve()
  let busy = false

  function endStage() {
    const now = performance.now()
    times[stage] = Math.round((times[stage] ?? 0) + now - since)
    since = now
  }
  function publish(force: boolean) {
    const now = performance.now()
    if (!force && (busy || now - written < everyMs)) return
    written = now
    const [from, to] = share[stage]
    const whole = from + (to - from) * Math.min(part, 1)
    listener?.({ stage, rows, share: whole })
    busy = true
    const update = sql`
      update batch set progress_stage = ${stage}, progress_rows = ${rows}, progress_share = ${whole}
      where id = ${batchId}`
    writing = writing
      .then(() => update.execute(db))
      // Progress that cannot be written must not fail the batch; the next statement of the batch itself will fail.
      .catch(() => undefined)
      .finally(() => {
        busy = false
      })
  }
  return {
    stage(name) {
      endStage()
      stage = name
      rows = 0
      part = 0
      publish(true)
    },
    rows(done, ofStage) {
      rows = done
      part = ofStage
      publish(false)
    },
    times() {
      endStage()
      return { ...times }
    },
    close: async () => void (await writing),
  }
}
