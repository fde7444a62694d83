import { sql } from 'kysely'
import type { Verification } from '#contract/protection/audit.ts'
import type { Db } from '#server/platform/database/db.ts'
import type { Vault } from '#server/platform/keys/crypto.ts'
import { type Anchor, forgedAnchors } from './anchors.ts'
import { canonicalEntry, canonicalInstant, genesis, sealOf } from './chain.ts'

export type Fault = Omit<NonNullable<Verification['wrong']>, 'more'>

export interface Findings {
  checked: number
  faults: Fault[]
  /** Faults beyond those listed. */
  more: number
}

const perPage = 5000
const listed = 100
/** An entry that waits longer than this for its seal is a fault: the sealer takes less than a second. */
const waitSeconds = 120

interface Link {
  seq: number
  entryId: number
  digest: Buffer
  sealedAt: string
  /** Null where the entry is gone. */
  entry: string | null
}

/**
 * Looks along the whole chain, page by page, and computes every seal again; then at what the chain cannot show: entries that
 * were never sealed, and anchors it no longer reaches. A fault does not end it: the next seal is judged by the one stored.
 */
export async function verifyChain(
  db: Db,
  { chainMac }: Pick<Vault, 'chainMac'>,
  anchors: readonly Anchor[] = [],
  publicKey?: string,
  progress: (checked: number) => void = () => undefined,
): Promise<Findings> {
  const findings: Findings = { checked: 0, faults: [], more: 0 }
  const report = (fault: Fault) => {
    if (findings.faults.length < listed) findings.faults.push(fault)
    else findings.more += 1
  }
  if (publicKey) for (const { seq } of forgedAnchors(anchors, publicKey)) report(forged(seq))
  const anchored = new Map(anchors.map(({ seq, digest }) => [seq, digest]))
  let before: Buffer = genesis
  let last: Pick<Link, 'seq' | 'entryId' | 'sealedAt'> = { seq: 0, entryId: 0, sealedAt: '' }
  for (;;) {
    const links = await listLinks(db, last.seq)
    for (const link of links) {
      if (link.seq !== last.seq + 1) report({ what: 'removed', entry: null, seq: last.seq + 1 })
      else if (link.entry === null) report({ what: 'removed', entry: link.entryId, seq: link.seq })
      else if (!sealOf(chainMac, before, link.seq, link.sealedAt, link.entry).equals(link.digest)) {
        // Those sealed together were sealed in the order of their ids.
        const turned = link.sealedAt === last.sealedAt && link.entryId < last.entryId
        report({ what: turned ? 'reordered' : 'changed', entry: link.entryId, seq: link.seq })
      } else if (anchored.get(link.seq)?.equals(link.digest) === false) {
        report({ what: 'changed', entry: link.entryId, seq: link.seq })
      }
      before = link.digest
      last = link
    }
    findings.checked += links.length
    progress(findings.checked)
    if (links.length < perPage) break
  }
  for (const { seq } of anchors.filter((anchor) => anchor.seq > last.seq).slice(-1)) {
    report({ what: 'cut', entry: null, seq })
  }
  for (const fault of await listUnsealed(db)) report(fault)
  return findings
}

const forged = (seq: number): Fault => ({ what: 'forged', entry: null, seq })

/**
 * What anchors and their public key tell without the master key: whether they are the platform's, and whether the chain still
 * passes through them and reaches the last one. That no entry was changed only the master key proves.
 */
export async function verifyAnchors(
  db: Db,
  anchors: readonly Anchor[],
  publicKey: string,
): Promise<Findings> {
  const { rows } = await sql<{ seq: number; digest: Buffer | null; last: number; sealed: number }>`
    select a.seq, s.digest, l.last, l.sealed
    from unnest(${anchors.map(({ seq }) => seq)}::bigint[]) a (seq)
    cross join (select coalesce(max(seq), 0) as last, count(*) as sealed from audit_seal) l
    left join audit_seal s on s.seq = a.seq`.execute(db)
  const stored = new Map(rows.map(({ seq, digest }) => [seq, digest]))
  const { last = 0, sealed = 0 } = rows[0] ?? {}
  const faults: Fault[] = forgedAnchors(anchors, publicKey).map(({ seq }) => forged(seq))
  const beyond = Math.max(...anchors.map(({ seq }) => seq))
  if (beyond > last) faults.push({ what: 'cut', entry: null, seq: beyond })
  for (const { seq, digest } of anchors) {
    const found = stored.get(seq)
    if (seq <= last && !found) faults.push({ what: 'removed', entry: null, seq })
    else if (found && !found.equals(digest)) faults.push({ what: 'changed', entry: null, seq })
  }
  if (sealed !== last) faults.push({ what: 'removed', entry: null, seq: null })
  return {
    checked: anchors.length,
    faults: faults.slice(0, listed),
    more: Math.max(0, faults.length - listed),
  }
}

async function listLinks(db: Db, after: number): Promise<Link[]> {
  const { rows } = await sql<Link>`
    select s.seq, s.entry_id, s.digest, ${canonicalInstant('s.sealed_at')} as sealed_at,
      case when e.id is not null then ${canonicalEntry} end as entry
    from audit_seal s left join audit_entry e on e.id = s.entry_id
    where s.seq > ${after} order by s.seq limit ${perPage}`.execute(db)
  return rows
}

/** Entries that neither are sealed nor wait for it, and those that wait too long. */
async function listUnsealed(db: Db): Promise<Fault[]> {
  const { rows } = await sql<{ id: number; waits: boolean }>`
    select e.id, p.entry_id is not null as waits
    from audit_entry e
    left join audit_pending p on p.entry_id = e.id
    where not exists (select from audit_seal s where s.entry_id = e.id)
      and (p.entry_id is null or e.at < now() - make_interval(secs => ${waitSeconds}))
    order by e.id limit ${listed + 1}`.execute(db)
  return rows.map(({ id, waits }) => ({ what: waits ? 'unsealed' : 'inserted', entry: id, seq: null }))
}
