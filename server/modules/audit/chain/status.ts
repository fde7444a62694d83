import { sql } from 'kysely'
import type { ChainStatus, Verification } from '#contract/protection/audit.ts'
import type { Database, Db } from '#server/platform/database/db.ts'
import type { Vault } from '#server/platform/keys/crypto.ts'
import type { KeyRing } from '#server/platform/keys/key-ring.ts'
import { fingerprintOf, type Signer } from '#server/platform/keys/signer.ts'
import type { Anchors } from './anchors.ts'
import { anchorStatus } from './published-anchors.ts'
import { verifyChain } from './verify.ts'

/** How far the chain reaches, and what the last look along it found. */
export async function chainStatus(db: Db, signer?: Signer): Promise<ChainStatus> {
  const { rows: heads } = await sql<{ seq: number; digest: Buffer; sealedAt: string }>`
    select seq, digest, sealed_at from audit_seal order by seq desc limit 1`.execute(db)
  const { rows: waiting } = await sql<{ pending: number; since: string | null }>`
    select count(*) as pending, min(e.at) as since from audit_pending p join audit_entry e
      on e.id = p.entry_id`.execute(db)
  const { rows: looks } = await sql<{
    startedAt: string
    finishedAt: string | null
    checked: number
    wrong: Verification['wrong']
  }>`select started_at, finished_at, checked, wrong from audit_verification order by id desc limit 1`.execute(
    db,
  )
  const [head] = heads
  const [look] = looks
  return {
    sealed: head?.seq ?? 0,
    pending: waiting[0]?.pending ?? 0,
    pendingSince: waiting[0]?.since ?? null,
    head: head ? { ...head, digest: head.digest.toString('hex') } : null,
    anchors: { ...(await anchorStatus(db)), publicKey: signer ? fingerprintOf(signer.publicKey) : null },
    verification: look ? { ...look, ok: look.finishedAt === null ? null : look.wrong === null } : null,
  }
}

/** Looks along the chain and keeps what was found; progress can be read all the while. */
export async function runVerification({
  database,
  vault,
  anchors,
  keyRing,
}: {
  database: Database
  vault: Pick<Vault, 'chainMac'>
  anchors: Pick<Anchors, 'list'>
  keyRing: Pick<KeyRing, 'signer'>
}): Promise<void> {
  const { db } = database
  const { rows } = await sql<{
    id: number
  }>`insert into audit_verification default values returning id`.execute(db)
  const id = rows[0]?.id ?? 0
  let reported = 0
  const publicKey = keyRing.signer?.publicKey
  const { checked, faults, more } = await verifyChain(db, vault, anchors.list(), publicKey, (soFar) => {
    if (soFar - reported < 50_000) return
    reported = soFar
    sql`update audit_verification set checked = ${soFar} where id = ${id}`.execute(db).catch(() => undefined)
  })
  const [first] = faults
  const wrong = first ? { ...first, more: faults.length - 1 + more } : null
  await sql`
    update audit_verification set finished_at = now(), checked = ${checked},
      wrong = ${wrong && JSON.stringify(wrong)}::jsonb
    where id = ${id}`.execute(db)
}
