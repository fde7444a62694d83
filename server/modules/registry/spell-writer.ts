import { type RawBuilder, sql } from 'kysely'
import type { Cause } from '#contract/common.ts'
import type { Db } from '#server/platform/database/db.ts'
import { changeRows } from '#server/platform/projections/change.ts'
import type { HouseholdFollower } from '#server/platform/projections/due.ts'
import { movingHouseholds } from '#server/platform/projections/move-households.ts'
import {
  defineExchange,
  type HouseholdPlace,
  householdPlace,
  isOpen,
  openExchange,
  rowsOf,
} from '#server/platform/row-exchange.ts'
import { classifyHouseholds, registerCategory, registerRisk } from './household-writer.ts'
import type { HouseholdCategory, RiskStatus, SpellChange } from './rules.ts'
import { categoryTally } from './tallies.ts'

/** This file alone writes spells; what is counted of them follows here. */
function write<Row>(
  db: Db,
  statement: RawBuilder<unknown>,
  answer: RawBuilder<unknown> = sql`select 1 from changed limit 0`,
): Promise<Row[]> {
  const returning = sql`new.county, new.household_id, new.until_on, new.register_category`
  return changeRows<Row>(db, { statement, tallies: [categoryTally], returning, answer })
}

/** Households of all files of the transaction whose spells the register changed. */
const changedSpells = defineExchange<HouseholdPlace>('spell_changed', householdPlace)

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
  followSpells: HouseholdFollower,
): Promise<void> {
  // What was decided here stands against an older word, wherever the household goes.
  const differs = sql`(s.id is null or s.register_category <> ${registerCategory}
        and (s.case_id is null or s.from_on <= ${asOf}::date))`
  await sql`drop table if exists spell_target`.execute(db)
  await sql`
    create temporary table spell_target on commit drop as
    select h.county, h.id as household_id, h.village, h.member_count as members, h.closed_on,
      ${registerCategory} as category,
      ${registerRisk} as risk, h.identified_on as identified,
      least(make_date(h.relieved_year, 12, 31), ${asOf}::date) as relieved,
      case when h.main_cause = any(${riskCauses}) then array[h.main_cause] else '{}' end as causes,
      s.id as spell, s.from_on as was_from, s.category as was, s.risk as was_risk, s.causes as was_causes, s.case_id,
      s.pack,
      ${differs} as register_differs, s.register_category as was_register
    from (select distinct county, household_id from ${touched} t) t
    join household h on h.county = t.county and h.id = t.household_id
    left join category_spell s on s.county = h.county and s.household_id = h.id and s.until_on is null
    where h.closed_on is not null or s.village <> h.village or ${differs}`.execute(db)
  await sql`analyze spell_target`.execute(db)
  await write(
    db,
    sql`
    update category_spell s set until_on = greatest(s.from_on, coalesce(t.closed_on, ${asOf}::date)),
      closed_because = case when t.closed_on is not null then 'left' when t.register_differs then 'registry'
      else 'moved' end
    from spell_target t where t.spell is not null and s.county = t.county and s.id = t.spell`,
  )
  await beginFirst(db, asOf, at)
  await write(
    db,
    sql`
    insert into category_spell (county, household_id, village, category, risk, causes, members, from_on, opened_because,
      register_category, case_id, pack, opened_at)
    select t.county, t.household_id, t.village,
      case when t.register_differs then t.category else t.was end, case when t.register_differs then t.risk
        else t.was_risk end,
      case when t.register_differs then t.causes else t.was_causes end, t.members, greatest(t.was_from, ${asOf}::date),
      case when t.register_differs then 'registry' else 'moved' end,
      case when t.register_differs then t.category else t.was_register end,
      case when not t.register_differs then t.case_id end, case when not t.register_differs then t.pack end, ${at}
    from spell_target t where t.spell is not null and t.closed_on is null`,
  )
  await classifyHouseholds(db, sql`spell_target t`)
  // The targets of another file of the same transaction may come after these.
  if (!(await isOpen(db, changedSpells))) await openExchange(db, changedSpells)
  await sql`insert into ${rowsOf(changedSpells)} select county, household_id from spell_target`.execute(db)
  followSpells(db, { exchange: changedSpells })
}

/** The spell of a household that went to another county ends where it was, and goes on where it is. */
export async function movedSpells(db: Db, { asOf, at }: { asOf: string; at: Date }): Promise<void> {
  const moving = rowsOf(movingHouseholds)
  await write(
    db,
    sql`
    update category_spell s set until_on = greatest(s.from_on, ${asOf}::date), closed_because = 'moved'
    from ${moving} m where s.county = m.county and s.household_id = m.household_id and s.until_on is null`,
  )
  await write(
    db,
    sql`
    insert into category_spell (county, household_id, village, category, risk, causes, members, from_on, opened_because,
      register_category, case_id, pack, opened_at)
    select m.to_county, s.household_id, m.to_village, s.category, s.risk, s.causes, s.members, s.until_on, 'moved',
      s.register_category, s.case_id, s.pack, ${at}
    from ${moving} m
    cross join lateral (
      select s.* from category_spell s where s.county = m.county and s.household_id = m.household_id
      order by s.until_on desc, s.id desc limit 1) s
    where s.closed_because = 'moved'`,
  )
}

/** Households without a spell: what the register states of their past, then what they are; or back after having left. */
async function beginFirst(db: Db, asOf: string, at: Date): Promise<void> {
  await write(
    db,
    sql`
    insert into category_spell (county, household_id, village, category, risk, causes, members, from_on, until_on,
      opened_because,
      closed_because, register_category, opened_at)
    select t.county, t.household_id, t.village, p.category, p.risk, case when p.category = t.category then t.causes
      else '{}' end,
      t.members, p.from_on, p.until_on,
      case when t.back then 're-entered' when p.n = first_value(p.n) over each then 'first-record' else 'registry' end,
      case when p.until_on is not null then 'registry' end, t.category, ${at}
    from (
      select t.*, s.left_on is not null as back, s.left_on
      from spell_target t
      left join lateral (
        select max(until_on) as left_on from category_spell s where s.county = t.county
          and s.household_id = t.household_id
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
    order by t.county, t.household_id, p.n`,
  )
}

/** Ends the spells of touched households that left the registry. */
export async function endOfClosed(
  db: Db,
  touched: RawBuilder<unknown>,
  followSpells: HouseholdFollower,
): Promise<void> {
  const ended = await write<{ county: number; householdId: number }>(
    db,
    sql`
    update category_spell s set until_on = greatest(s.from_on, h.closed_on), closed_because = 'left'
    from (select distinct county, household_id from ${touched} t) t
    join household h on h.county = t.county and h.id = t.household_id and h.closed_on is not null
    where s.county = h.county and s.household_id = h.id and s.until_on is null`,
    sql`select county, household_id from changed`,
  )
  followSpells(db, {
    counties: ended.map(({ county }) => county),
    households: ended.map(({ householdId }) => householdId),
  })
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
  followSpells: HouseholdFollower,
): Promise<void> {
  const [ended] = await write<{ untilOn: string; registerCategory: string }>(
    db,
    sql`
    update category_spell s set until_on = greatest(s.from_on, ${day}::date), closed_because = ${because}
    where s.county = ${county} and s.household_id = ${id} and s.until_on is null`,
    sql`select until_on, register_category from changed`,
  )
  await write(
    db,
    sql`
    insert into category_spell (county, household_id, village, category, risk, causes, members, from_on, opened_because,
      register_category, case_id, pack, opened_at)
    select h.county, h.id, h.village, ${category}, ${risk}, ${[...causes]}::text[], h.member_count,
      ${ended?.untilOn ?? day}::date, ${because}, coalesce(${ended?.registerCategory ?? null}, ${registerCategory}),
      ${caseId}::uuid, ${pack}, ${at}
    from household h where h.county = ${county} and h.id = ${id}`,
  )
  await classifyHouseholds(db, sql`(values (${county}::int, ${id}::bigint)) t (county, household_id)`)
  followSpells(db, { counties: [county], households: [id] })
}
