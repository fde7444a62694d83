import { sql } from 'kysely'
import type { ChainStatus } from '#contract/protection/audit.ts'
import type { Database, Db } from '#server/platform/database/db.ts'
import type { AnchorState } from './anchors.ts'

/** Says how far a server's anchors reach, for the page. */
export async function publishAnchors({ db }: Database, state: AnchorState): Promise<void> {
  const { server, last, copied, problem } = state
  if (!last) return
  await sql`
    insert into audit_anchor (server, seq, anchored_at, copied_seq, copied_at, problem)
    values (${server}, ${last.seq}, ${last.at}::timestamptz, ${copied?.seq ?? null}::bigint,
      ${copied?.at ?? null}::timestamptz, ${problem})
    on conflict (server) do update set seq = excluded.seq, anchored_at = excluded.anchored_at,
      copied_seq = excluded.copied_seq, copied_at = excluded.copied_at, problem = excluded.problem`.execute(
    db,
  )
}

/** The newest anchor of all servers, and the newest that lies in a second place. */
export async function anchorStatus(db: Db): Promise<Omit<ChainStatus['anchors'], 'publicKey'>> {
  const { rows } = await sql<{
    seq: number | null
    at: string | null
    copiedSeq: number | null
    copiedAt: string | null
    problem: string | null
  }>`
    select max(seq) as seq, max(anchored_at) as at, max(copied_seq) as copied_seq, max(copied_at) as copied_at,
      max(problem) as problem
    from audit_anchor`.execute(db)
  const { seq = null, at = null, copiedSeq = null, copiedAt = null, problem = null } = rows[0] ?? {}
  return {
    last: seq === null || at === null ? null : { seq, at },
    copied: copiedSeq === null || copiedAt === null ? null : { seq: copiedSeq, at: copiedAt },
    problem,
  }
}
