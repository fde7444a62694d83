import { sql } from 'kysely'
import { inScope } from '#server/modules/access/index.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { beginsWith, personsMet } from './list-queries.ts'
import type { SearchTerm } from './search.ts'

export interface FoundHousehold {
  county: number
  householdId: number
  /** The member who was found; null where the number of the household was. */
  person: string | null
}

/** The households that were found; `isWhole` unless there may be more. */
interface PeopleFound {
  households: FoundHousehold[]
  isWhole: boolean
}

/**
 * Open households of the scope that a search finds, each with the member it is found by: whole names first, then heads. Stops at `most`
 * members, however few the households they live in, so that a single letter costs no more than a name; who reaches it was met in the
 * order of the index.
 */
export async function findPeople(
  db: Db,
  scope: AreaScope,
  term: SearchTerm,
  most: number,
): Promise<PeopleFound> {
  const within = inScope(scope, { village: 'p.village', county: 'p.county', household: 'p.household_id' })
  if (term.by === 'household-number') {
    const { rows } = await sql<FoundHousehold>`
      select h.county, h.id as household_id, null::text as person from household h
      where h.household_no collate "C" ${beginsWith(term.prefix)} and h.closed_on is null
        and ${inScope(scope, { village: 'h.village', county: 'h.county', household: 'h.id' })}
      order by h.household_no collate "C" limit ${most}`.execute(db)
    return { households: rows, isWhole: rows.length < most }
  }
  const ways =
    term.by === 'id-number'
      ? [
          sql`p.left_on is null and (p.county, p.id) in (
            select i.county, i.person_id from person_index i where i.id_index = ${term.index}::uuid)`,
        ]
      : personsMet(term, scope)
  const whole = term.by === 'name' ? term.prefix : ''
  const met = ways.map(
    (way) => sql`(
      select p.county, p.household_id, p.village, p.name, p.relation = 'head' as heads from person p
      where ${way} and ${within} limit ${most})`,
  )
  const { rows } = await sql<{ [Key in keyof FoundHousehold]: FoundHousehold[Key] | null } & { met: number }>`
    with met as materialized (${sql.join(met, sql` union all `)}
    ), each as (
      select distinct on (m.county, m.household_id) m.* from met m
      order by m.county, m.household_id, m.name <> ${whole}, not m.heads
    ), open as (
      select e.* from each e where exists (
        select from household h where h.county = e.county and h.id = e.household_id and h.closed_on is null)
    )
    select o.county, o.household_id, o.name as person, n.met
    from (select count(*)::int as met from met) n left join open o on true
    order by o.name <> ${whole}, not o.heads, o.village, o.household_id`.execute(db)
  return {
    households: rows.flatMap(({ county, householdId, person }) =>
      county === null || householdId === null ? [] : [{ county, householdId, person }],
    ),
    isWhole: (rows[0]?.met ?? 0) < most,
  }
}
