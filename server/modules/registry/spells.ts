import { type RawBuilder, sql } from 'kysely'
import type { Cause } from '#contract/common.ts'
import type { Db } from '#server/platform/database/db.ts'
import type { HouseholdCategory, RiskStatus, SpellChange } from './rules.ts'

/** What the register's own columns say of `household h`; a decision of ours stands until the register says something else. */
export const registerCategory = sql<HouseholdCategory>`
  case
    when h.registered and h.relief_mark in ('unrelieved', 'relapsed') then 'unrelieved'
    when h.monitoring_category is not null then h.monitoring_category
    when h.registered then 'stable'
    else 'ordinary'
  end`
export const registerRisk = sql<RiskStatus>`case when h.monitoring_category is not null then 'open' else 'none' end`

const riskCauses = sql`'{illness,disability,schooling,disaster,labour-shortage,water}'::text[]`

/**
 * Brings the spells of the touched households up to what the register says as of a day: a new household begins with what the
 * register tells of its past, a changed category or village ends one spell and begins the next, who left ends. `touched` has
 * `county` and `household_id`.
 */
export async function followRegister(
  db: Db,
  touched: RawBuilder<unknown>,
  { asOf, at }: { asOf: string; at: Date },
): Promise<void> {
  await sql`drop table if exists spell_target, spell_ended`.execute(db)
  await sql`
    create temporary table spell_target on commit drop as
    select h.county, h.id as household_id, h.village, h.member_count as members, h.closed_on, ${registerCategory} as category,
      ${registerRisk} as risk, h.identified_on as identified,
      least(make_date(h.relieved_year, 12, 31), ${asOf}::date) as relieved,
      case when h.main_cause = any(${riskCauses}) then array[h.main_cause] else '{}' end as causes,
      s.id as spell, s.from_on as was_from, s.category as was, s.risk as was_risk, s.causes as was_causes, s.case_id, s.pack,
      s.register_category is distinct from ${registerCategory} as said_otherwise
    from (select distinct county, household_id from ${touched} t) t
    join household h on h.county = t.county and h.id = t.household_id
    left join category_spell s on s.county = h.county and s.household_id = h.id and s.until_on is null
    where s.id is null or h.closed_on is not null or s.village <> h.village or s.register_category <> ${registerCategory}`.execute(
    db,
  )
  await sql`analyze spell_target`.execute(db)
  await sql`
    update category_spell s set until_on = greatest(s.from_on, coalesce(t.closed_on, ${asOf}::date)),
      closed_because = case when t.closed_on is not null then 'left' when t.said_otherwise then 'registry' else 'moved' end
    from spell_target t where t.spell is not null and s.county = t.county and s.id = t.spell`.execute(db)
  await beginFirst(db, asOf, at)
  await sql`
    insert into category_spell (county, household_id, village, category, risk, causes, members, from_on, opened_because,
      register_category, case_id, pack, opened_at)
    select t.county, t.household_id, t.village,
      case when t.said_otherwise then t.category else t.was end, case when t.said_otherwise then t.risk else t.was_risk end,
      case when t.said_otherwise then t.causes else t.was_causes end, t.members, greatest(t.was_from, ${asOf}::date),
      case when t.said_otherwise then 'registry' else 'moved' end, t.category,
      case when not t.said_otherwise then t.case_id end, case when not t.said_otherwise then t.pack end, ${at}
    from spell_target t where t.spell is not null and t.closed_on is null`.execute(db)
  await sql`
    update household h set category = s.category, risk = s.risk
    from spell_target t join category_spell s on s.county = t.county and s.household_id = t.household_id and s.until_on is null
    where h.county = t.county and h.id = t.household_id and (h.category, h.risk) <> (s.category, s.risk)`.execute(
    db,
  )
}

/** Households without a spell: what the register tells of their past, then what they are; or back after having left. */
async function beginFirst(db: Db, asOf: string, at: Date): Promise<void> {
  await sql`
    insert into category_spell (county, household_id, village, category, risk, causes, members, from_on, until_on, opened_because,
      closed_because, register_category, opened_at)
    select t.county, t.household_id, t.village, p.category, p.risk, case when p.category = t.category then t.causes else '{}' end,
      t.members, p.from_on, p.until_on,
      case when t.back then 're-entered' when p.n = first_value(p.n) over each then 'first-record' else 'registry' end,
      case when p.until_on is not null then 'registry' end, t.category, ${at}
    from (
      select t.*, s.left_on is not null as back, s.left_on
      from spell_target t
      left join lateral (
        select max(until_on) as left_on from category_spell s where s.county = t.county and s.household_id = t.household_id
      ) s on true
      where t.spell is null and t.closed_on is null
    ) t
    cross join lateral (
      select 1 as n, 'unrelieved' as category, 'none' as risk, t.identified as from_on, t.relieved as until_on
      where not t.back and t.category not in ('unrelieved', 'ordinary', 'marginal') and t.identified < t.relieved
      union all
      select 2, 'stable', 'none', coalesce(t.relieved, t.identified), ${asOf}::date
      where not t.back and t.category = 'unstable' and coalesce(t.relieved, t.identified) < ${asOf}::date
      union all
      select 3, t.category, t.risk,
        case
          when t.back then greatest(t.left_on, ${asOf}::date)
          when t.category in ('unstable', 'ordinary') then ${asOf}::date
          when t.category = 'stable' then least(coalesce(t.relieved, t.identified, ${asOf}::date), ${asOf}::date)
          else least(coalesce(t.identified, ${asOf}::date), ${asOf}::date)
        end, null
    ) p
    window each as (partition by t.county, t.household_id order by p.n)
    order by t.county, t.household_id, p.n`.execute(db)
}

/** Ends the spells of touched households that left the registry. */
export async function endOfClosed(db: Db, touched: RawBuilder<unknown>): Promise<void> {
  await sql`
    update category_spell s set until_on = greatest(s.from_on, h.closed_on), closed_because = 'left'
    from (select distinct county, household_id from ${touched} t) t
    join household h on h.county = t.county and h.id = t.household_id and h.closed_on is not null
    where s.county = h.county and s.household_id = h.id and s.until_on is null`.execute(db)
}

export interface CategoryDecision {
  category: HouseholdCategory
  risk: RiskStatus
  causes: readonly Cause[]
  because: SpellChange
  caseId: string | null
  /** Policy pack it was decided under. */
  pack: string
  day: string
  /** When it was made. */
  at: Date
}

/** A decision about one household: its spell ends and another begins, on the same day. */
export async function decideCategory(
  db: Db,
  { county, id }: { county: number; id: number },
  { category, risk, causes, because, caseId, pack, day, at }: CategoryDecision,
): Promise<void> {
  await sql`
    with ended as (
      update category_spell set until_on = greatest(from_on, ${day}::date), closed_because = ${because}
      where county = ${county} and household_id = ${id} and until_on is null returning until_on, register_category
    )
    insert into category_spell (county, household_id, village, category, risk, causes, members, from_on, opened_because,
      register_category, case_id, pack, opened_at)
    select h.county, h.id, h.village, ${category}, ${risk}, ${[...causes]}::text[], h.member_count,
      coalesce(ended.until_on, ${day}::date), ${because}, coalesce(ended.register_category, ${registerCategory}),
      ${caseId}::uuid, ${pack}, ${at}
    from household h left join ended on true where h.county = ${county} and h.id = ${id}`.execute(db)
  await sql`update household set category = ${category}, risk = ${risk} where county = ${county} and id = ${id}`.execute(
    db,
  )
}

export interface SpellRow {
  category: HouseholdCategory
  risk: RiskStatus
  causes: Cause[]
  from: string
  to: string | null
  openedBecause: SpellChange
}

/** Spells of a household, oldest first; those of no days are left out. */
export async function listSpells(
  db: Db,
  { county, id }: { county: number; id: number },
): Promise<SpellRow[]> {
  const { rows } = await sql<SpellRow>`
    select category, risk, causes, from_on as "from", until_on as "to", opened_because from category_spell
    where county = ${county} and household_id = ${id} and until_on is distinct from from_on order by from_on, id`.execute(
    db,
  )
  return rows
}
