import { type RawBuilder, sql } from 'kysely'
import { capabilities } from '#contract/access/capabilities.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import type { Db } from '#server/platform/database/db.ts'

/** Why somebody is proposed: helper of the household, went there last, or belongs to its village. */
export type ProposedBecause = 'helper' | 'last' | 'village'

export interface Proposal {
  county: number
  householdId: number
  visitor: string
  name: string
  because: ProposedBecause
  /** Visits they are to make within the week already. */
  planned: number
}

export interface Home {
  county: number
  householdId: number
  village: number
}

const goers = capabilities['visit.report']
const officers = goers.filter((role) => role !== 'helper')
const mayGo = (account: RawBuilder<unknown>) =>
  sql`${account}.state = 'active' and ${account}.role = any(${[...officers]}::text[])`

/**
 * Who would go to each of some households: its helper, else whoever was there last and still belongs there, else who of its village has
 * the fewest visits before them. Nobody beyond the scope is named, helpers apart; a household nobody is proposed for is left out.
 */
export async function proposeVisitors(
  db: Db,
  { from, to }: AreaScope,
  homes: readonly Home[],
  { today, until }: { today: string; until: string },
): Promise<Proposal[]> {
  const planned = (who: RawBuilder<unknown>) =>
    sql`count_planned_visits(${who}, ${today}::date, ${until}::date)`
  const { rows } = await sql<Proposal>`
    with x as materialized (
      select * from unnest(${homes.map(({ county }) => county)}::int[],
        ${homes.map(({ householdId }) => householdId)}::bigint[],
        ${homes.map(({ village }) => village)}::bigint[]) x (county, household_id, village)
    ), local as materialized (
      select distinct on (a.area) a.area, a.user_id
      from account a where a.area in (select village from x) and a.role = any(${['village', 'team-member']}::text[])
        and a.state = 'active' and a.area between ${from}::bigint and ${to}::bigint
      order by a.area, ${planned(sql`a.user_id`)}, a.role <> 'village', a.user_id
    ), found as (
      select x.county, x.household_id, coalesce(g.user_id, w.user_id, l.user_id) as visitor,
        case when g.user_id is not null then 'helper' when w.user_id is not null then 'last'
          else 'village' end as because
      from x
      left join lateral (select user_id from helpers_of(x.county, x.household_id) limit 1) g on true
      left join lateral (
        select a.user_id from visit v join account a on a.user_id = v.visitor
        where v.county = x.county and v.household_id = x.household_id and v.reported_on is not null and ${mayGo(sql`a`)}
          and a.area in (x.village, x.village / 1000 * 1000) and a.area between ${from}::bigint and ${to}::bigint
        order by v.reported_on desc limit 1
      ) w on g.user_id is null
      left join local l on l.area = x.village
    ), load as materialized (
      select v.visitor, ${planned(sql`v.visitor`)} as planned
        from (select distinct visitor from found where visitor is not null) v
    )
    select f.county, f.household_id, f.visitor, u.name, f.because, d.planned
    from found f join load d on d.visitor = f.visitor join auth_user u on u.id = f.visitor`.execute(db)
  return rows
}
