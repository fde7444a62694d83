import { sql } from 'kysely'
import type { Db } from '#server/platform/database/db.ts'

export interface Tie {
  userId: string
  makers: readonly string[]
  request: string
  kind: string
}

/** Ties accounts to who requested what was done to them and who agreed, for so many days. */
export async function recordTies(db: Db, ties: readonly Tie[], days: number): Promise<void> {
  const all = ties.flatMap(({ makers, ...tie }) => makers.map((maker) => ({ ...tie, maker })))
  await sql`
    insert into account_tie (user_id, maker, request_id, kind, until)
    select t.user_id, t.maker, t.request, t.kind, now() + make_interval(days => ${days}::int)
    from unnest(${all.map(({ userId }) => userId)}::text[], ${all.map(({ maker }) => maker)}::text[],
      ${all.map(({ request }) => request)}::uuid[], ${all.map(({ kind }) => kind)}::text[])
      t (user_id, maker, request, kind)`.execute(db)
}
