import { sql } from 'kysely'
import { getParameter, type PolicyPack, resolveParameters } from '#server/modules/policy/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { groupFeeds, type IndicatorGroup, indicatorGroups } from './catalogue.ts'
import { columnsOf, groupSources, type SourceName, sourceSql } from './sources.ts'

const windows = {
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

/** A batch of one of these may bring a household or a member that nothing was computed for yet. */
const registryFeeds = ['household', 'member']

export interface Refresh {
  /** Table of (county, household_id) that facts changed for; all households when left out. */
  touched?: string
  /** Feeds that changed; with {@link touched} only. */
  feeds: readonly string[]
  asOf: string
}

/** Groups that go stale with these feeds. */
export function staleGroups(feeds: readonly string[]): IndicatorGroup[] {
  if (feeds.some((feed) => registryFeeds.includes(feed))) return [...indicatorGroups]
  return indicatorGroups.filter((group) => groupFeeds[group].some((feed) => feeds.includes(feed)))
}

/**
 * Brings the indicators up to date, leaves the households looked at in `screening_scope` and tells which groups it renewed. A county whose source came
 * in at last, or went late, is refreshed whole, for its households turn between "cannot judge" and known together.
 */
export async function refreshIndicators(
  db: Db,
  pack: PolicyPack,
  { touched, feeds, asOf }: Refresh,
): Promise<IndicatorGroup[]> {
  const day = dayLiteral(asOf)
  const groups = touched ? staleGroups(feeds) : [...indicatorGroups]
  await prepareCounties(db, pack, asOf)
  await prepareScope(db, touched, groups)
  await withoutNestedLoops(db, await isWide(db), () => mergeIndicators(db, groups, day))
  await sql`
    delete from indicator i using screening_scope t, household h
    where i.county = t.county and i.household_id = t.household_id and h.county = t.county and h.id = t.household_id
      and h.closed_on is not null`.execute(db)
  await sql`
    insert into indicator_coverage (county, indicator_group, covered, as_of)
    select county, indicator_group, covered, ${asOf}::date from screening_coverage
    where indicator_group = any(${groups})
    on conflict (county, indicator_group) do update set covered = excluded.covered, as_of = excluded.as_of
    where (indicator_coverage.covered, indicator_coverage.as_of) is distinct from (excluded.covered, excluded.as_of)
  `.execute(db)
  return groups
}

function dayLiteral(asOf: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(asOf)) throw new RangeError(`not a day: ${asOf}`)
  return `'${asOf}'::date`
}

/** `screening_county`: one row per county with the windows in force there and what its sources cover. */
async function prepareCounties(db: Db, pack: PolicyPack, asOf: string) {
  const counties = await sql<{ county: number }>`
    select (code / 1000000)::integer as county from division where level = 'county'`.execute(db)
  const coverage = await sql<{ feed: string; county: number; age: number }>`
    select feed, county, ${asOf}::date - covered_until as age from feed_coverage`.execute(db)
  const ages = new Map(coverage.rows.map(({ feed, county, age }) => [`${feed} ${county}`, age]))

  const rows = counties.rows.map(({ county }) => {
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
  await sql`drop table if exists screening_county, screening_coverage, screening_scope`.execute(db)
  await sql.raw(`create temporary table screening_county (${columns.join(', ')}) on commit drop`).execute(db)
  await sql`insert into screening_county
    select * from jsonb_populate_recordset(null::screening_county, ${JSON.stringify(rows)}::jsonb)`.execute(
    db,
  )
  const groups = indicatorGroups.map((group) => `('${group}', covers_${group})`)
  await sql
    .raw(`create temporary table screening_coverage on commit drop as
    select county, g.indicator_group, g.covered from screening_county
    cross join lateral (values ${groups.join(', ')}) g(indicator_group, covered)`)
    .execute(db)
  await sql`analyze screening_county, screening_coverage`.execute(db)
}

async function prepareScope(db: Db, touched: string | undefined, groups: readonly IndicatorGroup[]) {
  const households =
    touched === undefined
      ? sql`select county, id as household_id from household`
      : sql`select county, household_id from ${sql.table(touched)}
      union
      select h.county, h.id from household h
      where h.county in (
        select now.county from screening_coverage now left join indicator_coverage before using (county, indicator_group)
        where indicator_group = any(${groups}) and now.covered is distinct from coalesce(before.covered, false))`
  // No key: every reader either starts from this table or hashes it.
  await sql`create temporary table screening_scope (county integer not null, household_id bigint not null) on commit drop`.execute(
    db,
  )
  await sql`insert into screening_scope ${households}`.execute(db)
  await sql`analyze screening_scope`.execute(db)
}

/** Whether the scope is a good part of all households, so that reading whole tables beats looking rows up. */
async function isWide(db: Db): Promise<boolean> {
  const { rows } = await sql<{ wide: boolean }>`
    select (select count(*) from screening_scope) * 10 > (select count(*) from household) as wide`.execute(db)
  return rows[0]?.wide ?? true
}

/**
 * The planner takes county and household for independent, expects a tenth of the rows and loops over millions; hash joins
 * bring a full refresh of 200,000 households with 5 million facts from 44 s to 8 s.
 */
async function withoutNestedLoops(db: Db, wide: boolean, work: () => Promise<void>) {
  if (wide) await sql`set local enable_nestloop = off`.execute(db)
  await work()
  if (wide) await sql`set local enable_nestloop to default`.execute(db)
}

/**
 * One MERGE whatever the scope; rows that stay the same are not written. Only with every group at hand does a household
 * get its row: a batch of the registry's own feeds brings it, and those refresh every group.
 */
async function mergeIndicators(db: Db, groups: readonly IndicatorGroup[], day: string) {
  const all = columnsOf(groups.includes('registry') ? groups : ['registry', ...groups])
  const names = ['village', ...all.map(({ column }) => column)]
  const sources = [...new Set(groups.flatMap((group) => groupSources[group]))]
  const join = (name: SourceName) =>
    `left join (${sourceSql[name].replaceAll(':day', day)}) ${name}
      on ${name}.county = t.county and ${name}.household_id = t.household_id`
  const list = (prefix: string) => names.map((name) => `${prefix}${name}`).join(', ')
  const isComplete = groups.length === indicatorGroups.length
  const insert = `
  when not matched
    then insert (county, household_id, ${names.join(', ')}) values (s.county, s.household_id, ${list('s.')})`
  await sql
    .raw(`merge into indicator i
  using (
    select r.county, r.household_id, r.village, ${all.map(({ column, fitted }) => `${fitted} as ${column}`).join(', ')}
    from (
      select t.county, t.household_id, h.village, ${all.map(({ column, sql: value }) => `${value} as ${column}`).join(',\n        ')}
      from screening_scope t
      join screening_county c using (county)
      join household h on h.county = t.county and h.id = t.household_id and h.closed_on is null
      ${sources.map(join).join('\n      ')}
    ) r
  ) s on i.county = s.county and i.household_id = s.household_id
  when matched and (${list('i.')}) is distinct from (${list('s.')})
    then update set ${names.map((name) => `${name} = s.${name}`).join(', ')}${isComplete ? insert : ''}`)
    .execute(db)
}
