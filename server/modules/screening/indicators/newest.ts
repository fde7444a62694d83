import { sql } from 'kysely'
import type { Db } from '#server/platform/database/db.ts'
import type { HouseholdPlace } from '#server/platform/row-exchange.ts'
import type { Indicator } from './catalogue.ts'
import type { Gap } from './define.ts'

/** What is known of the household that a figure could rest on: the newest day of it, and of an open end the days known. */
export interface Newest {
  name: string
  newest: string | null
  days: number | null
}

/** Indicator → the newest row that it could rest on, whether recent enough or not, of a household on a day. */
export async function listNewest(
  db: Db,
  { county, householdId }: HouseholdPlace,
  unknown: readonly Indicator[],
  day: string,
): Promise<ReadonlyMap<string, Newest>> {
  const selects = unknown.flatMap(({ name, gap }) => (gap ? [newestSql(name, gap)] : []))
  if (selects.length === 0) return new Map()
  const { rows } = await sql<Newest>`
    with home as (select ${county}::integer as county, ${householdId}::bigint as household_id, ${day}::date as day)
    ${sql.raw(selects.join('\n    union all '))}`.execute(db)
  return new Map(rows.map((row) => [row.name, row]))
}

/** The newest row there is, by the day it speaks of; a year counts from its first day. */
function newestSql(name: string, { table, on, where = 'true', from, ofYear }: Gap): string {
  const spoke = ofYear ? `make_date(f.${on}, 1, 1)` : `f.${on}`
  const days = from ? `(array_agg(${spoke} - f.${from} + 1 order by ${spoke} desc))[1]` : 'null::integer'
  return `select '${name}' as name, max(${spoke})::text as newest, ${days} as days from home
      join ${table} f on f.county = home.county and f.household_id = home.household_id
      where f.known_until is null and ${spoke} <= home.day and ${where}`
}
