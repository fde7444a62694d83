import { sql } from 'kysely'
import { inScope } from '#server/modules/access/index.ts'
import { addReport, type ReportedHousehold } from '#server/modules/clues/index.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import { type Db, inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import type { RequestDeps } from '#server/platform/http/rpc.ts'
import { maskNumbers } from '#server/platform/text.ts'
import { receiptOf, Statement } from './take-up.ts'

interface Decision {
  request: string
  as: 'household' | 'awaited' | 'dismissed'
  household?: string | undefined
  note: string
}

/**
 * Settles a declaration of the scope that fits no household: as that of a household of the scope, whose report it becomes; as that of
 * one the register lacks, whose it becomes by itself once the register has it; or as nothing. Throws `not-found` (it, or the household),
 * `reason-required`.
 */
export async function decideDeclaration(
  { work, vault, clock, audit }: Pick<RequestDeps, 'work' | 'vault' | 'clock' | 'audit'>,
  scope: AreaScope,
  me: { userId: string },
  { request, as, household: ref, note }: Decision,
): Promise<{ clue: string | null }> {
  return inTransaction(work, async ({ db }) => {
    const { rows } = await sql<{ county: number; declaredCipher: Buffer }>`
      select county, declared_cipher from declaration
      where request = ${request}::uuid and outcome in ('unmatched', 'awaited') and ${!scope.grantee}
        and village between ${scope.from}::bigint and ${scope.to}::bigint for update`.execute(db)
    const [open] = rows
    if (!open) throw new AppError('not-found', { what: 'declaration' })
    if (as !== 'household' && note === '') throw new AppError('reason-required')
    const at = clock.now()
    const household = as === 'household' ? await getHousehold(db, scope, ref) : undefined
    const statement = Statement.parse(JSON.parse(vault.decrypt(open.declaredCipher)))
    const joined =
      household &&
      (await addReport(db, household, {
        ...{ channel: 'self', cause: statement.cause, text: maskNumbers(statement.text), request },
        by: { userId: me.userId, name: `${statement.name} ${receiptOf(vault, request)}` },
        ...{ now: at, today: clock.today() },
      }))
    const outcome = as === 'household' ? 'joined' : as
    const kept = outcome === 'awaited'
    await sql`
      update declaration set outcome = ${outcome}, decided_by = ${me.userId}, decided_at = ${at},
        decision_note = ${note === '' ? null : maskNumbers(note)},
        declared_cipher = case when ${kept} then declared_cipher end,
        id_index = ${kept ? vault.blindIndex(statement.idNumber) : null}::uuid
      where county = ${open.county} and request = ${request}::uuid`.execute(db)
    await audit.record(db, {
      action: 'declarations.decide',
      object: { kind: 'declaration', ref: request },
      ...(household ? { household: household.ref } : {}),
      after: { outcome, ...(joined ? { clue: joined.clue } : {}) },
      ...(note ? { reason: maskNumbers(note) } : {}),
    })
    return { clue: joined?.clue ?? null }
  })
}

async function getHousehold(
  db: Db,
  scope: AreaScope,
  ref: string | undefined,
): Promise<ReportedHousehold & { ref: string }> {
  const { rows } = await sql<ReportedHousehold & { ref: string }>`
    select h.county, h.id, h.ref, h.village, h.head_name, h.head_pinyin from household h
    where h.ref = ${ref ?? null}::uuid and h.closed_on is null
      and ${inScope(scope, { village: 'h.village', county: 'h.county', household: 'h.id' })} for update`.execute(
    db,
  )
  const [found] = rows
  if (!found) throw new AppError('not-found', { what: 'household' })
  return found
}
