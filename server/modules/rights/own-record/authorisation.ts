import { sql } from 'kysely'
import { type Authorisation, AuthorisationScope } from '#contract/protection/own-record.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import { addAuthorisation } from '#server/modules/procedures/index.ts'
import { findHousehold, type HouseholdKey } from '#server/modules/registry/households/index.ts'
import { type Db, inTransaction } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'
import type { RequestDeps, Requester } from '#server/platform/http/rpc.ts'
import { maskNumbers } from '#server/platform/text.ts'
import { surnameOnly } from '../words.ts'

/** How it stands for every scope, those never answered included. */
export async function listAuthorisations(
  db: Db,
  { county, id }: HouseholdKey,
  viewer: { userId: string; isHousehold: boolean },
): Promise<Authorisation[]> {
  const { rows } = await sql<{
    scope: AuthorisationScope
    consent: boolean
    since: string
    byUser: string
    by: string
    way: 'online' | 'paper'
    text: string
  }>`
    select distinct on (a.scope) a.scope, a.consent, a.since, a.by_user, u.name as by, a.way, a.text_version as text
    from authorisation a join auth_user u on u.id = a.by_user
    where a.county = ${county} and a.household_id = ${id} order by a.scope, a.id desc`.execute(db)
  return AuthorisationScope.options.map((scope) => {
    const found = rows.find((row) => row.scope === scope)
    if (!found) return { scope, consent: false, since: null, by: null, way: null, text: null }
    const { consent, since, way, text, byUser } = found
    const by = viewer.isHousehold && byUser !== viewer.userId ? surnameOnly(found.by) : found.by
    return { scope, consent, since, by, way, text }
  })
}

export interface AuthorisationChange {
  action: 'ownRecord.authorise' | 'corrections.authorise'
  scopes: readonly AuthorisationScope[]
  consent: boolean
  way: 'online' | 'paper'
  note: string
}

/** Adds the household's consent on each scope to its earlier ones, in the version of the text that counts now. */
export function changeAuthorisation(
  { database, clock, audit }: Pick<RequestDeps, 'database' | 'clock' | 'audit'>,
  me: Pick<Requester, 'userId'>,
  { county, id, ref }: HouseholdKey & { ref: string },
  { action, scopes, consent, way, note }: AuthorisationChange,
): Promise<void> {
  const wanted = [...new Set(scopes)]
  const kept = maskNumbers(note)
  return inTransaction(database, async ({ db }) => {
    const version = await addAuthorisation(
      db,
      { county, id },
      { scopes: wanted, consent, way, by: me.userId, at: clock.now(), today: clock.today(), note: kept },
    )
    await audit.record(db, {
      action,
      object: { kind: 'household', ref },
      household: ref,
      after: { scopes: wanted, consent, way, text: version },
      ...(kept ? { reason: kept } : {}),
      count: wanted.length,
    })
  })
}

/** An officer records what the household signed on paper. Throws `not-found` outside the scope. */
export async function authoriseOnPaper(
  deps: Pick<RequestDeps, 'database' | 'clock' | 'audit'>,
  scope: AreaScope,
  me: Pick<Requester, 'userId'>,
  { ref, ...change }: { ref: string } & Pick<AuthorisationChange, 'scopes' | 'consent' | 'note'>,
): Promise<Authorisation[]> {
  const household = await findHousehold(deps.database.db, scope, ref)
  if (!household) throw new AppError('not-found', { what: 'household' })
  await changeAuthorisation(deps, me, household, { ...change, action: 'corrections.authorise', way: 'paper' })
  return listAuthorisations(deps.database.db, household, { userId: me.userId, isHousehold: false })
}
