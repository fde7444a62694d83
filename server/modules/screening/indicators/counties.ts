import { sql } from 'kysely'
import { areaScope } from '#server/modules/divisions/index.ts'
import { getParameter, type PolicyPack, resolveParameters } from '#server/modules/policy/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { groupFeeds, indicatorGroups } from './catalogue.ts'

const windows = {
  household_size_tolerance: 'householdSizeTolerance',
  income_period_minimum: 'incomePeriodMinimum',
  single_stay_window: 'singleStayWindow',
  rigid_spending_window: 'rigidSpendingWindow',
  new_illness_window: 'newIllnessWindow',
  epidemic_aftercare: 'epidemicAftercare',
  school_age_from: 'schoolAgeFrom',
  school_age_to: 'schoolAgeTo',
  water_window: 'waterWindow',
  assistance_stopped_window: 'assistanceStoppedWindow',
  new_disability_window: 'newDisabilityWindow',
  jobless_lookback: 'joblessLookback',
} as const

export interface CountyTables {
  /** A row per county: the windows in force there, and which groups its sources cover. */
  counties: string
  /** The same cover, a row per county and group: county, indicator_group, covered. */
  coverage: string
}

/** Makes both for a day under a policy, by what was received up to an instant; null for all that was received. Answers the counties. */
export async function prepareCounties(
  db: Db,
  { counties: table, coverage: coverTable }: CountyTables,
  { pack, asOf, knownAt }: { pack: PolicyPack; asOf: string; knownAt: Date | null },
): Promise<number[]> {
  const { rows: found } = await sql<{ county: number }>`
    select (code / 1000000)::integer as county from division where level = 'county' order by county`.execute(
    db,
  )
  const counties = found.map(({ county }) => county)
  const ages = await ageOfSources(db, counties, asOf, knownAt)
  const rows = counties.map((county) => {
    const values = resolveParameters(pack, asOf, county * 1e6)
    const onTime = (feed: string) => {
      const age = ages.get(`${feed} ${county}`)
      return age !== undefined && age <= getParameter(values, `feed.${feed}.maxAge`)
    }
    return {
      county,
      ...Object.fromEntries(
        Object.entries(windows).map(([column, key]) => [column, getParameter(values, key)] as const),
      ),
      ...Object.fromEntries(
        indicatorGroups.map((group) => [`covers_${group}`, groupFeeds[group].every(onTime)]),
      ),
    }
  })
  const columns = [
    'county integer primary key',
    ...Object.keys(windows).map((column) => `${column} integer not null`),
    ...indicatorGroups.map((group) => `covers_${group} boolean not null`),
  ]
  await sql.raw(`drop table if exists ${table}, ${coverTable}`).execute(db)
  await sql.raw(`create temporary table ${table} (${columns.join(', ')}) on commit drop`).execute(db)
  await sql`insert into ${sql.table(table)}
    select * from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)`.execute(
    db,
  )
  const groups = indicatorGroups.map((group) => `('${group}', covers_${group})`)
  await sql
    .raw(`create temporary table ${coverTable} on commit drop as
    select county, g.indicator_group, g.covered from ${table}
    cross join lateral (values ${groups.join(', ')}) g(indicator_group, covered)`)
    .execute(db)
  await sql.raw(`analyze ${table}, ${coverTable}`).execute(db)
  return counties
}

/** Feed and county → days since the day up to which it is covered. */
async function ageOfSources(
  db: Db,
  counties: readonly number[],
  asOf: string,
  knownAt: Date | null,
): Promise<Map<string, number>> {
  const ages = new Map<string, number>()
  if (knownAt === null) {
    const { rows } = await sql<{ feed: string; county: number; age: number }>`
      select feed, county, ${asOf}::date - covered_until as age from feed_coverage`.execute(db)
    for (const { feed, county, age } of rows) ages.set(`${feed} ${county}`, age)
    return ages
  }
  const { rows } = await sql<{ feed: string; area: number; age: number }>`
    select feed, area, ${asOf}::date - max(covered_until) as age from batch
    where merged_at <= ${knownAt} and covered_until is not null
    group by feed, area`.execute(db)
  for (const { feed, area, age } of rows) {
    const { from, to } = areaScope(area)
    for (const county of counties) {
      if (county * 1e6 < from || county * 1e6 > to) continue
      const key = `${feed} ${county}`
      ages.set(key, Math.min(age, ages.get(key) ?? age))
    }
  }
  return ages
}
