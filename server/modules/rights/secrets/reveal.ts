import { sql } from 'kysely'
import type { RevealPurpose, SecretField } from '#contract/protection/secrets.ts'
import { openSecret } from '#server/modules/registry/households/index.ts'
import { type Db, inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import type { Requester, SignedInContext } from '#server/platform/http/rpc.ts'
import { orGranted } from '#server/platform/http/rpc.ts'

export interface Reveal {
  ref: string
  field: SecretField
  person?: string | undefined
  purpose: RevealPurpose
  note: string
}

/**
 * One number in full, for a purpose, and so many a day. What was shown to whom and why is written down before it is shown.
 * Throws `not-found`, `reason-required` (purpose other without a note), `reveal-limit` {perDay}.
 */
export async function reveal(
  context: SignedInContext,
  { ref, field, person, purpose, note }: Reveal,
): Promise<{ value: string; left: number }> {
  const { deps, me } = context
  if (purpose === 'other' && note === '') throw new AppError('reason-required')
  const value = await orGranted(context, ({ deps: seen, scope }) =>
    openSecret(seen, scope, ref, { field, person }),
  )
  const perDay = deps.secretLimits.revealsPerDay
  const used = await inTransaction(deps.work, async ({ db }) => {
    const before = await countToday(db, me, 'secrets.reveal', "outcome = 'done'")
    if (before >= perDay) throw new AppError('reveal-limit', { perDay })
    await deps.audit.record(db, {
      action: 'secrets.reveal',
      object: { kind: field, ref: person ?? ref },
      household: ref,
      detail: { field, purpose },
      ...(note ? { reason: note } : {}),
    })
    return before + 1
  })
  return { value, left: perDay - used }
}

/** How often the account did something in the last 24 hours; whoever counts at the same time waits until this one is written. */
export async function countToday(
  db: Db,
  { userId }: Requester,
  action: string,
  condition: string,
): Promise<number> {
  await sql`select pg_advisory_xact_lock(71011, hashtext(${`${action}:${userId}`}))`.execute(db)
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from audit_entry
    where actor_id = ${userId} and action = ${action} and at > now() - interval '1 day'
      and ${sql.raw(condition)}`.execute(db)
  return rows[0]?.n ?? 0
}
