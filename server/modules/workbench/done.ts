import { sql } from 'kysely'
import type { Doer, TaskDefinition } from '#server/manifest/tasks.ts'
import type { Db } from '#server/platform/database/db.ts'
import type { TaskRecord } from './queries.ts'

/** What an account did in a week of the kinds requested; undefined where none of them is ever done. */
function doneBy(tasks: readonly TaskDefinition[], doer: Doer, kinds: readonly string[] = []) {
  const chosen = tasks.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
  const parts = chosen.flatMap(({ kind, done }) =>
    done
      ? [
          sql`select ${kind}::text as kind, d.subject, d.county, d.household_id, d.done_at, d.what
            from (${done(doer)}) d`,
        ]
      : [],
  )
  return parts.length > 0 ? sql`(${sql.join(parts, sql` union all `)})` : undefined
}

// A household that has left one's area since is no longer shown, and so not counted.
const seen = sql`join household h on h.county = t.county and h.id = t.household_id`

export async function countDone(
  db: Db,
  tasks: readonly TaskDefinition[],
  doer: Doer,
): Promise<{ kind: string; n: number }[]> {
  const done = doneBy(tasks, doer)
  if (!done) return []
  const { rows } = await sql<{ kind: string; n: number }>`
    select t.kind, count(*) as n from ${done} t ${seen} group by t.kind`.execute(db)
  return rows
}

/** The newest first. */
export async function listDone(
  db: Db,
  tasks: readonly TaskDefinition[],
  doer: Doer,
  { kinds, limit, offset }: { kinds: readonly string[]; limit: number; offset: number },
): Promise<TaskRecord[]> {
  const done = doneBy(tasks, doer, kinds)
  if (!done) return []
  const { rows } = await sql<TaskRecord>`
    select t.kind, t.subject, t.county, t.household_id, t.what, null as due_on, false as paused,
      ${doer.userId} as person, 0 as level,
      t.done_at
    from ${done} t ${seen} order by t.done_at desc, t.subject limit ${limit} offset ${offset}`.execute(db)
  return rows
}
