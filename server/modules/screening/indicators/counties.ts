import { sql } from 'kysely'
import { getParameter, type PolicyPack, resolveParameters } from '#server/modules/policy/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { groupFeeds, type IndicatorGroup, indicatorGroups, subjectOf } from './catalogue.ts'

const windows = {
  household_size_tolerance: 'householdSizeTolerance',
  income_period_minimum: 'incomePeriodMinimum',
  income_period_maximum: 'incomePeriodMaximum',
  income_gap_maximum: 'incomeGapMaximum',
  income_max_age: 'incomeMaxAge',
  last_year_judged: 'lastYearJudged',
  single_stay_window: 'singleStayWindow',
  rigid_spending_window: 'rigidSpendingWindow',
  new_illness_window: 'newIllnessWindow',
  epidemic_aftercare: 'epidemicAftercare',
  epidemic_case_max_age: 'epidemicCaseMaxAge',
  school_age_from: 'schoolAgeFrom',
  school_age_to: 'schoolAgeTo',
  school_record_max_age: 'schoolRecordMaxAge',
  dwelling_max_age: 'dwellingMaxAge',
  water_test_max_age: 'waterTestMaxAge',
  water_supply_max_age: 'waterSupplyMaxAge',
  water_window: 'waterWindow',
  open_cut_presumed: 'openCutPresumed',
  water_cut_days: 'waterCutDays',
  water_cut_days_year: 'waterCutDaysYear',
  assistance_stopped_window: 'assistanceStoppedWindow',
  new_disability_window: 'newDisabilityWindow',
  jobless_lookback: 'joblessLookback',
  jobless_months: 'joblessMonths',
  signal_kept: 'signalKept',
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
  const ages = await ageOfSources(db, asOf, knownAt)
  const rows = counties.map((county) => {
    const values = resolveParameters(pack, asOf, county * 1e6)
    const onTime = (group: IndicatorGroup, feed: string) => {
      const age = ageOf(ages, county, feed, subjectOf(group, feed))
      return age !== undefined && age <= getParameter(values, `feed.${feed}.maxAge`)
    }
    return {
      county,
      ...Object.fromEntries(
        Object.entries(windows).map(([column, key]) => [column, getParameter(values, key)] as const),
      ),
      ...Object.fromEntries(
        indicatorGroups.map((group) => [
          `covers_${group}`,
          groupFeeds[group].every((feed) => onTime(group, feed)),
        ]),
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

/** Feed, county and subject → days since the day up to which it is covered. */
type Ages = ReadonlyMap<string, number>

/** What covers all of a feed covers each subject; a group that needs none in particular takes the newest of any. */
function ageOf(ages: Ages, county: number, feed: string, subject: string | null): number | undefined {
  const known = [`${feed} ${county} `, `${feed} ${county} ${subject ?? '*'}`].flatMap(
    (key) => ages.get(key) ?? [],
  )
  return known.length === 0 ? undefined : Math.min(...known)
}

async function ageOfSources(db: Db, asOf: string, knownAt: Date | null): Promise<Ages> {
  const covered =
    knownAt === null ? sql`feed_coverage` : sql`(select * from batch_coverage where known_from <= ${knownAt})`
  const { rows } = await sql<{ feed: string; county: number; subject: string; age: number }>`
    select feed, county, coalesce(subject, '*') as subject, ${asOf}::date - max(covered_until) as age
    from ${covered} f group by grouping sets ((feed, county, subject), (feed, county))`.execute(db)
  return new Map(rows.map(({ feed, county, subject, age }) => [`${feed} ${county} ${subject}`, age]))
}
