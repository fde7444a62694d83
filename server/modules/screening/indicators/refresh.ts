import { type RawBuilder, sql } from 'kysely'
import type { PolicyPack } from '#server/modules/policy/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { fillExchange, type HouseholdPlace, type RowExchange, rowsOf } from '#server/platform/row-exchange.ts'
import { screenedHouseholds } from '../exchanges.ts'
import { type IndicatorGroup, indicatorGroups, staleGroups } from './catalogue.ts'
import { columnsOf, indicatorsSql } from './compute.ts'
import { prepareCounties } from './counties.ts'
import type { Judged } from './define.ts'
import { knownNow } from './known.ts'

export interface Refresh {
  /** Households that facts changed for; all when left out. */
  touched?: RowExchange<HouseholdPlace> | undefined
  /** Feeds that changed; with {@link touched} only. */
  feeds: readonly string[]
  asOf: string
}

export interface Refreshed {
  judged: Judged
  counties: number[]
  groups: readonly IndicatorGroup[]
}

const tables = { counties: 'screening_county', coverage: 'screening_coverage' }

/**
 * Brings the indicators up to date, leaves the households looked at in `screenedHouseholds` and returns which groups it renewed. A county
 * whose source came in at last, or went late, is refreshed whole, for its households turn between "cannot judge" and known together.
 */
export async function refreshIndicators(
  db: Db,
  pack: PolicyPack,
  { touched, feeds, asOf }: Refresh,
): Promise<Refreshed> {
  const groups = touched && (await isOfDay(db, touched, asOf)) ? staleGroups(feeds) : indicatorGroups
  const counties = await prepareCounties(db, tables, { pack, asOf, knownAt: null })
  const households = await fillExchange(db, screenedHouseholds, householdsOf(touched, groups))
  const judged = { asOf, scope: screenedHouseholds.table, counties: tables.counties, known: knownNow }
  await withPlansFor(db, households, () => mergeIndicators(db, judged, groups))
  await sql`
    delete from indicator i using ${rowsOf(screenedHouseholds)} t, household h
    where i.county = t.county and i.household_id = t.household_id and h.county = t.county and h.id = t.household_id
      and h.closed_on is not null`.execute(db)
  await sql`
    insert into indicator_coverage as before (county, indicator_group, covered, as_of)
    select county, indicator_group, covered, case when covered or ${!touched} then ${asOf}::date else ${never}::date end
    from screening_coverage where indicator_group = any(${groups})
    on conflict (county, indicator_group) do update set covered = excluded.covered,
      as_of = case when ${!touched} or before.covered <> excluded.covered then ${asOf}::date else before.as_of end
    where before.covered <> excluded.covered or ${!touched} and before.as_of <> ${asOf}::date`.execute(db)
  return { judged, counties, groups }
}

const never = '0001-01-01'

/**
 * Whether the figures of the households' counties are those of the day: a batch renews the groups of its feed alone, and the others must
 * not be of an earlier day, when a bill was still within its year. They are after every night.
 */
async function isOfDay(db: Db, touched: RowExchange<HouseholdPlace>, asOf: string): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select not exists (
      select from (select distinct county from ${rowsOf(touched)}) t
      cross join unnest(${indicatorGroups}::text[]) g (indicator_group)
      left join indicator_coverage c using (county, indicator_group)
      where c.as_of is distinct from ${asOf}::date) as done`.execute(db)
  return rows[0]?.done ?? false
}

function householdsOf(
  touched: RowExchange<HouseholdPlace> | undefined,
  groups: readonly IndicatorGroup[],
): RawBuilder<unknown> {
  if (!touched) return sql`select county, id from household`
  return sql`select county, household_id from ${rowsOf(touched)}
    union
    select h.county, h.id from household h
    where h.county in (
      select now.county from screening_coverage now
      left join indicator_coverage before using (county, indicator_group)
      where indicator_group = any(${groups}) and now.covered is distinct from coalesce(before.covered, false))`
}

/**
 * The planner takes county and household for independent, expects a tenth of the rows and loops over millions: where a good part of
 * all households is in question, reading whole tables and hashing them brings 200,000 households with 5 million facts from 44 s to 8 s.
 */
export async function withPlansFor(db: Db, households: number, work: () => Promise<unknown>): Promise<void> {
  const { rows } = await sql<{ wide: boolean }>`
    select ${households}::bigint * 10 > (select count(*) from household) as wide`.execute(db)
  const isWide = rows[0]?.wide ?? true
  if (isWide) await sql`set local enable_nestloop = off`.execute(db)
  await work()
  if (isWide) await sql`set local enable_nestloop to default`.execute(db)
}

/**
 * One MERGE whatever the scope; rows that stay the same are not written. Only with every group at hand does a household
 * get its row: a batch of the registry's own feeds brings it, and those refresh every group.
 */
async function mergeIndicators(db: Db, judged: Judged, groups: readonly IndicatorGroup[]) {
  const names = columnsOf(groups)
  const list = (prefix: string) => names.map((name) => `${prefix}${name}`).join(', ')
  const isComplete = groups.length === indicatorGroups.length
  const insert = `
  when not matched
    then insert (county, household_id, ${names.join(', ')}) values (s.county, s.household_id, ${list('s.')})`
  await sql
    .raw(`merge into indicator i
  using (${indicatorsSql(judged, groups)}) s on i.county = s.county and i.household_id = s.household_id
  when matched and (${list('i.')}) is distinct from (${list('s.')})
    then update set ${names.map((name) => `${name} = s.${name}`).join(', ')}${isComplete ? insert : ''}`)
    .execute(db)
}
