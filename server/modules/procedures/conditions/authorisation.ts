import { sql } from 'kysely'
import type { AuthorisationScope } from '#contract/protection/own-record.ts'
import { figuresOf } from '#server/modules/deadlines/index.ts'
import { getParameter } from '#server/modules/policy/index.ts'
import type { HouseholdKey } from '#server/modules/registry/households/index.ts'
import { packOn } from '#server/modules/screening/index.ts'
import type { Db } from '#server/platform/database/db.ts'

/** Scopes a household's newest word on which is yes: nothing else of it may be compared. */
export async function authorisedScopes(db: Db, { county, id }: HouseholdKey): Promise<AuthorisationScope[]> {
  const { rows } = await sql<{ scope: AuthorisationScope }>`
    select scope from (
      select distinct on (scope) scope, consent from authorisation
      where county = ${county} and household_id = ${id} order by scope, id desc
    ) a where consent order by scope`.execute(db)
  return rows.map(({ scope }) => scope)
}

export interface ConsentChange {
  scopes: readonly AuthorisationScope[]
  consent: boolean
  way: 'online' | 'paper'
  by: string
  at: Date
  today: string
  note: string
}

/** Adds the household's consent on each scope to its earlier ones, in the version of the text that counts now, which it returns. */
export async function addAuthorisation(
  db: Db,
  { county, id }: HouseholdKey,
  { scopes, consent, way, by, at, today, note }: ConsentChange,
): Promise<string> {
  const { version } = packOn(today).authorisation
  await sql`
    insert into authorisation (county, household_id, village, scope, consent, since, by_user, way, text_version, note)
    select h.county, h.id, h.village, scope, ${consent}, ${at}, ${by}, ${way}, ${version}, ${note}
    from household h cross join unnest(${[...new Set(scopes)]}::text[]) scope
    where h.county = ${county} and h.id = ${id}`.execute(db)
  return version
}

/** Members who are to sign: whoever is of age on the day. */
export function signersOf<P extends { age: number | null; numbered: boolean }>(
  people: readonly P[],
  day: string,
  county: number,
): P[] {
  const adult = getParameter(figuresOf(day, county), 'adultAge')
  // Whose age nobody knows signs, unless there is no number either: that is a newborn.
  return people.filter(({ age, numbered }) => (age === null ? numbered : age >= adult))
}
