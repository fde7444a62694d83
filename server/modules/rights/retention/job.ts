import type { RetentionKey, RetentionParts, RetentionRoles } from '#server/manifest/retention.ts'
import { systemAuditor } from '#server/platform/audit.ts'
import type { Clock } from '#server/platform/clock.ts'
import { inTransaction } from '#server/platform/database/db.ts'
import type { Jobs } from '#server/platform/jobs.ts'
import type { Logger } from '#server/platform/log.ts'
import {
  addTaken,
  findRun,
  finishResult,
  finishRun,
  listResults,
  listRunning,
  lockResult,
} from './queries.ts'

const queue = 'retention'
/** Rows or files taken in one transaction: a file is one removal from the disk, a row one small update. */
const perChunk = 500

export interface RetentionJobDeps {
  roles: RetentionRoles
  retention: RetentionParts
  fileDirectory: string
  clock: Clock
  log: Logger
}

export function enqueueRetention(jobs: Jobs, run: string): Promise<void> {
  return jobs.send(queue, { run })
}

/** Works the queue and takes up the runs that an earlier process left on their way. */
export async function startRetention(deps: RetentionJobDeps, jobs: Jobs): Promise<void> {
  await jobs.work(queue, async (data) => {
    await applyRetention(deps, String(data.run))
  })
  for (const run of await listRunning(deps.roles.work.db)) await enqueueRetention(jobs, run)
}

/**
 * Erases what a decided run was requested to erase, rule by rule and chunk by chunk, each counted in the transaction that takes it.
 * Killed at any moment it goes on where it was; run again it takes nothing more. Runs that nobody approved are left alone.
 */
export async function applyRetention(
  deps: RetentionJobDeps,
  run: string,
  { chunk = perChunk, onChunk }: { chunk?: number; onChunk?: (rule: string, taken: number) => void } = {},
): Promise<void> {
  const { work } = deps.roles
  const record = await findRun(work.db, run)
  if (record?.state !== 'running') return
  for (const { rule, finishedAt } of await listResults(work.db, [run])) {
    if (finishedAt !== null) continue
    for (let taken = 1; taken > 0; ) {
      taken = await takeChunk(deps, run, rule, chunk)
      if (taken > 0) onChunk?.(rule, taken)
    }
    await finishRule(deps, run, rule)
  }
  const done = await inTransaction(work, async ({ db }) => {
    const ended = await finishRun(db, run, deps.clock.now())
    if (ended) {
      const results = await listResults(db, [run])
      const taken = Object.fromEntries(results.map((one) => [one.rule, one.taken]))
      await systemAuditor().record(db, {
        action: 'retention.finish',
        object: { kind: 'retention-run', ref: run },
        after: { state: 'done', taken },
        count: results.reduce((sum, one) => sum + one.taken, 0),
      })
    }
    return ended
  })
  deps.log.info({ run, done }, 'retention')
}

function takeChunk(deps: RetentionJobDeps, run: string, rule: string, limit: number): Promise<number> {
  const part = deps.retention[rule as RetentionKey]
  if (!part) throw new Error(`nobody takes ${rule}`)
  return inTransaction(deps.roles[part.role], async (session) => {
    const open = await lockResult(session.db, run, rule)
    if (!open) return 0
    const taken = await part.take(session, deps, open.before, limit)
    if (taken > 0) await addTaken(session.db, run, rule, taken)
    return taken
  })
}

function finishRule({ roles, clock }: RetentionJobDeps, run: string, rule: string): Promise<void> {
  return inTransaction(roles.work, async ({ db }) => {
    if (!(await lockResult(db, run, rule))) return
    const taken = await addTaken(db, run, rule, 0)
    await finishResult(db, run, rule, clock.now())
    await systemAuditor().record(db, {
      action: 'retention.apply',
      object: { kind: 'retention-run', ref: run },
      detail: { rule },
      count: taken,
    })
  })
}
