import { may } from '#contract/access/capabilities.ts'
import type { RetentionRule, RetentionRun } from '#contract/protection/retention.ts'
import { refuseTied } from '#server/modules/access/ties/index.ts'
import { inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import type { RequestDeps, Requester } from '#server/platform/http/rpc.ts'
import { enqueueRetention } from './job.ts'
import {
  decideRun,
  findRun,
  insertRun,
  listResults,
  listRuns,
  type ResultRecord,
  type RunRecord,
} from './queries.ts'
import { reportRetention } from './report.ts'

/**
 * Erasing takes two people: the system administrator requests a run of the report they have seen, the security administrator
 * decides. What is counted and taken belongs to the installation as a whole and is written by the work role.
 */
type RetentionDeps = Pick<RequestDeps, 'work' | 'roles' | 'retention' | 'clock' | 'audit' | 'jobs'>
const runsShown = 20

export async function getRetention(
  { work, roles, retention, clock }: RetentionDeps,
  me: Requester,
): Promise<{ rules: RetentionRule[]; digest: string; runs: RetentionRun[] }> {
  const { rules, digest } = await reportRetention({ roles, retention }, clock.today())
  const runs = await listRuns(work.db, runsShown)
  const results = await listResults(
    work.db,
    runs.map(({ id }) => id),
  )
  return {
    rules: rules.map(({ before: _, ...rule }) => rule),
    digest,
    runs: runs.map((run) => present(run, results, me)),
  }
}

/** Throws `report-changed` where the report is no longer the one that was seen. */
export async function requestRetention(
  deps: RetentionDeps,
  me: Requester,
  seen: string,
): Promise<RetentionRun> {
  const asOf = deps.clock.today()
  const { rules, digest } = await reportRetention(deps, asOf)
  if (digest !== seen) throw new AppError('report-changed')
  const applied = rules.flatMap(({ key, action, before, due }) =>
    action === 'keep' || before === null ? [] : [{ key, before, due }],
  )
  const id = await inTransaction(deps.work, async ({ db }) => {
    const run = { asOf, digest, by: me.userId, at: deps.clock.now() }
    const made = await insertRun(db, run, applied)
    await deps.audit.record(db, {
      action: 'retention.request',
      object: { kind: 'retention-run', ref: made },
      after: { asOf, digest, due: Object.fromEntries(applied.map(({ key, due }) => [key, due])) },
    })
    return made
  })
  return getRun(deps, me, id)
}

/**
 * A second person's decision. What is approved is what was requested: the report of that day, with its cut-off days. Throws
 * `not-found`, `same-person` (the requester), `reason-required` (to decline), `run-not-pending`, `report-changed`.
 */
export async function decideRetention(
  deps: RetentionDeps,
  me: Requester,
  { id, approve, reason }: { id: string; approve: boolean; reason: string },
): Promise<RetentionRun> {
  await inTransaction(deps.work, async ({ db }) => {
    const run = await findRun(db, id, { forUpdate: true })
    if (!run) throw new AppError('not-found', { what: 'retention-run' })
    if (run.requestedBy === me.userId) throw new AppError('same-person', { run: id })
    await refuseTied(db, me.userId, [run.requestedBy])
    if (!approve && reason === '') throw new AppError('reason-required')
    if (run.state !== 'requested') throw new AppError('run-not-pending', { state: run.state })
    if (approve && (await reportRetention(deps, run.asOf)).digest !== run.digest) {
      throw new AppError('report-changed')
    }
    const at = deps.clock.now()
    const done = await decideRun(db, id, { by: me.userId, at, approve, reason })
    if (!done) throw new AppError('run-not-pending', { state: run.state })
    await deps.audit.record(db, {
      action: 'retention.decide',
      object: { kind: 'retention-run', ref: id },
      before: { state: 'requested' },
      after: { state: approve ? 'running' : 'declined' },
      ...(reason ? { reason } : {}),
    })
  })
  // A kill in between is made good at the next start, which takes up every run that is running.
  if (approve) await enqueueRetention(deps.jobs, id)
  return getRun(deps, me, id)
}

async function getRun({ work }: Pick<RetentionDeps, 'work'>, me: Requester, id: string) {
  const run = await findRun(work.db, id)
  if (!run) throw new AppError('not-found', { what: 'retention-run' })
  return present(run, await listResults(work.db, [id]), me)
}

function present(run: RunRecord, results: readonly ResultRecord[], me: Requester): RetentionRun {
  const { id, state, requestedAt, decidedAt, finishedAt } = run
  const ofRun = results.filter(({ runId }) => runId === id)
  return {
    ...{ id, state, requestedAt, decidedAt, finishedAt },
    requestedBy: run.requesterName,
    decidedBy: run.deciderName,
    counts: Object.fromEntries(ofRun.map(({ rule, due, taken }) => [rule, { due, taken }])),
    mayDecide: state === 'requested' && run.requestedBy !== me.userId && may(me.role, 'retention.approve'),
  }
}
