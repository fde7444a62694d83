import { sql } from 'kysely'
import { outageLevel } from '#server/platform/database/away.ts'
import { type Database, inTransaction, type Session } from '#server/platform/database/db.ts'
import type { Vault } from '#server/platform/keys/crypto.ts'
import type { Logger } from '#server/platform/log.ts'
import type { Anchors } from './anchors.ts'
import { canonicalEntry, genesis, sealOf } from './chain.ts'
import { publishAnchors } from './published-anchors.ts'

export interface SealingDeps {
  database: Database
  vault: Pick<Vault, 'chainMac'>
  anchors: Pick<Anchors, 'append'>
}

const perBatch = 5000
const lock = 71_010
const pauseMs = 500

interface Pending {
  id: number
  entry: string
}

/** Seals what waits, batch by batch, each in one transaction; answers how many. Several processes take turns. */
export async function sealPending({ database, vault, anchors }: SealingDeps): Promise<number> {
  let sealed = 0
  for (;;) {
    const batch = await inTransaction(database, (session) => sealBatch(session, vault))
    if (batch.count > 0) anchors.append(batch)
    sealed += batch.count
    if (batch.count < perBatch) return sealed
  }
}

async function sealBatch({ db, client }: Session, { chainMac }: SealingDeps['vault']) {
  await client.query('select pg_advisory_xact_lock($1)', [lock])
  const { rows: pending } = await sql<Pending>`
    select e.id, ${canonicalEntry} as entry
    from (select entry_id from audit_pending order by entry_id limit ${perBatch}) p
    join audit_entry e on e.id = p.entry_id order by e.id`.execute(db)
  const { rows: heads } = await sql<{ seq: number; digest: Buffer; at: string }>`
    select coalesce(max(seq), 0) as seq, (select digest from audit_seal order by seq desc limit 1) as digest,
      to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') as at from audit_seal`.execute(db)
  const head = heads[0]
  if (!head) throw new Error('an aggregate gave no row')
  let { seq } = head
  let digest = head.digest ?? genesis
  const digests: Buffer[] = []
  for (const { entry } of pending) {
    seq += 1
    digest = sealOf(chainMac, digest, seq, head.at, entry)
    digests.push(digest)
  }
  if (pending.length > 0) {
    const ids = pending.map(({ id }) => id)
    await sql`
      insert into audit_seal (seq, entry_id, digest, sealed_at)
      select ${head.seq}::bigint + n, id, digest, now()
      from unnest(${ids}::bigint[], ${digests}::bytea[]) with ordinality x (id, digest, n)`.execute(db)
    await sql`delete from audit_pending where entry_id = any(${ids}::bigint[])`.execute(db)
  }
  return { count: pending.length, seq, digest, at: head.at }
}

export interface Sealer {
  /** Seals the rest and ends. */
  stop(): Promise<void>
}

/** Seals all the while: half a second after an entry was written it is part of the chain. */
export function startSealing(deps: SealingDeps & { anchors: Anchors; log: Logger }): Sealer {
  let running: Promise<unknown> | undefined
  let published = ''
  const publish = async () => {
    const state = await deps.anchors.copied()
    const now = JSON.stringify(state)
    if (now === published) return
    if (state.problem) deps.log.error({ problem: state.problem }, 'copy of the audit anchors')
    await publishAnchors(deps.database, state)
    published = now
  }
  const seal = () => {
    running ??= sealPending(deps)
      .then(publish)
      .catch((error) => deps.log[outageLevel(error)]({ err: error }, 'audit sealing'))
      .finally(() => {
        running = undefined
      })
    return running
  }
  const timer = setInterval(seal, pauseMs)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      await running
      await seal()
      deps.anchors.flush()
      await publish().catch((error) => deps.log.error({ err: error }, 'audit anchors'))
    },
  }
}
