import { sql } from 'kysely'
import type { RetentionRun } from '#contract/protection/retention.ts'
import type { Db } from '#server/platform/database/db.ts'

export interface RunRecord {
  id: string
  asOf: string
  digest: string
  state: RetentionRun['state']
  requestedBy: string
  requesterName: string
  requestedAt: string
  deciderName: string | null
  decidedAt: string | null
  finishedAt: string | null
}

export interface ResultRecord {
  runId: string
  rule: string
  before: string
  due: number
  taken: number
  finishedAt: string | null
}

const select = sql`
  select r.id, r.as_of, r.digest, r.state, r.requested_by, q.name as requester_name, r.requested_at,
    d.name as decider_name,
    r.decided_at, r.finished_at
  from retention_run r
  join auth_user q on q.id = r.requested_by
  left join auth_user d on d.id = r.decided_by`

/** Newest first. */
export async function listRuns(db: Db, limit: number): Promise<RunRecord[]> {
  const { rows } = await sql<RunRecord>`${select} order by r.id desc limit ${limit}`.execute(db)
  return rows
}

export async function findRun(
  db: Db,
  id: string,
  { forUpdate } = { forUpdate: false },
): Promise<RunRecord | undefined> {
  const { rows } = await sql<RunRecord>`
    ${select} where r.id = ${id}::uuid ${forUpdate ? sql`for update of r` : sql``}`.execute(db)
  return rows[0]
}

export async function listResults(db: Db, runs: readonly string[]): Promise<ResultRecord[]> {
  const { rows } = await sql<ResultRecord>`
    select run_id, rule, before, due, taken, finished_at from retention_result
    where run_id = any(${[...runs]}::uuid[]) order by run_id, rule`.execute(db)
  return rows
}

export async function insertRun(
  db: Db,
  run: { asOf: string; digest: string; by: string; at: Date },
  rules: readonly { key: string; before: Date; due: number }[],
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into retention_run (as_of, digest, requested_by, requested_at)
    values (${run.asOf}::date, ${run.digest}, ${run.by}, ${run.at}) returning id`.execute(db)
  const [made] = rows
  if (!made) throw new Error('insert into retention_run returned nothing')
  await sql`
    insert into retention_result (run_id, rule, before, due)
    select ${made.id}::uuid, rule, before, due
    from unnest(${rules.map(({ key }) => key)}::text[], ${rules.map(({ before }) => before)}::timestamptz[],
      ${rules.map(({ due }) => due)}::bigint[]) x (rule, before, due)`.execute(db)
  return made.id
}

/** Answers whether it was still to be decided, and by somebody else than the requester. */
export async function decideRun(
  db: Db,
  id: string,
  { by, at, approve, reason }: { by: string; at: Date; approve: boolean; reason: string },
): Promise<boolean> {
  const { rows } = await sql`
    update retention_run set state = ${approve ? 'running' : 'declined'}, decided_by = ${by}, decided_at = ${at},
      reason = ${reason || null}
    where id = ${id}::uuid and state = 'requested' and requested_by <> ${by} returning id`.execute(db)
  return rows.length > 0
}

export async function listRunning(db: Db): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from retention_run where state = 'running' order by id`.execute(db)
  return rows.map(({ id }) => id)
}

/** The rule of a run if something of it is left to take, locked: two workers take turns. */
export async function lockResult(db: Db, run: string, rule: string): Promise<{ before: Date } | undefined> {
  const { rows } = await sql<{ before: string }>`
    select before from retention_result where run_id = ${run}::uuid and rule = ${rule} and finished_at is null
    for update`.execute(db)
  return rows[0] && { before: new Date(rows[0].before) }
}

export async function addTaken(db: Db, run: string, rule: string, taken: number): Promise<number> {
  const { rows } = await sql<{ taken: number }>`
    update retention_result set taken = taken + ${taken} where run_id = ${run}::uuid and rule = ${rule}
    returning taken`.execute(db)
  return rows[0]?.taken ?? 0
}

export async function finishResult(db: Db, run: string, rule: string, at: Date): Promise<void> {
  await sql`
    update retention_result set finished_at = ${at} where run_id = ${run}::uuid and rule = ${rule}`.execute(
    db,
  )
}

/** Ends the run once every rule is through; answers whether it did just now. */
export async function finishRun(db: Db, id: string, at: Date): Promise<boolean> {
  const { rows } = await sql`
    update retention_run r set state = 'done', finished_at = ${at}
    where r.id = ${id}::uuid and r.state = 'running' and not exists (
      select from retention_result s where s.run_id = r.id and s.finished_at is null)
    returning r.id`.execute(db)
  return rows.length > 0
}
