import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#server/platform/database/db.ts'
import { changeRows } from '#server/platform/projections/change.ts'
import type { HouseholdCategory, RiskStatus } from './rules.ts'
import { householdTally } from './tallies.ts'

/** What the register's own columns state of `household h`; a decision of ours stands until the register changes. */
export const registerCategory = sql<HouseholdCategory>`
  case
    when h.registered and h.relief_mark in ('unrelieved', 'relapsed') then 'unrelieved'
    when h.monitoring_category is not null then h.monitoring_category
    when h.registered then 'stable'
    else 'ordinary'
  end`
export const registerRisk = sql<RiskStatus>`case when h.monitoring_category is not null then 'open' else 'none' end`

/** Whether a person `p` belonged to the household on a day, an expression; who always did has no day of joining. */
export const belongedText = (person: string, day: string) =>
  `((${person}.left_on is null or ${person}.left_on > ${day})
      and (${person}.joined_on is null or ${person}.joined_on <= ${day})
      and (${person}.away is null or not is_away(${person}.away, ${day})))`
export const belongedOn = (person: string, day: string) => sql.raw(belongedText(person, day))

/** This file alone writes households; those of a category are counted here. */
async function write(db: Db, statement: RawBuilder<unknown>): Promise<void> {
  await changeRows(db, {
    statement,
    tallies: [householdTally],
    returning: sql`new.county`,
    answer: sql`select 1 from changed limit 0`,
  })
}

/** Sets the touched households to their newest records. */
export async function recordHouseholds(db: Db, touched: RawBuilder<unknown>): Promise<void> {
  await write(
    db,
    sql`
    insert into household (county, id, household_no, village, group_name, head_name, head_pinyin, registered,
      relief_mark,
      relieved_year, identified_on, monitoring_category, main_cause, member_count, stated_count, stated_on,
      phone_cipher, category, risk)
    overriding system value
    select h.*, ${registerCategory}, ${registerRisk}
    from (
      select r.county, r.household_id, r.household_no, r.village_code, r.group_name, r.head_name, r.head_name_pinyin,
        r.registered, r.relief_mark, r.relieved_year, r.identified_month, r.monitoring_category, r.main_cause,
        coalesce(r.member_count, 0), r.member_count as stated_count,
        case when r.member_count is not null then r.word_on end as stated_on, r.phone_cipher
      from ${touched} t
      join household_record r using (county, household_id)
      where r.known_until is null) h
    on conflict (county, id) do update set
      household_no = excluded.household_no, village = excluded.village, group_name = excluded.group_name,
      head_name = excluded.head_name, head_pinyin = excluded.head_pinyin, registered = excluded.registered,
      relief_mark = excluded.relief_mark, relieved_year = excluded.relieved_year,
      identified_on = excluded.identified_on, monitoring_category = excluded.monitoring_category,
      main_cause = excluded.main_cause, member_count = excluded.member_count, stated_count = excluded.stated_count,
      stated_on = excluded.stated_on, phone_cipher = excluded.phone_cipher,
      closed_on = null`,
  )
}

/**
 * Living members as the registry knows them, and how far what the household states of its size lies from those who belonged on the day it
 * was stated; a household all of whose members left is closed on the day the last did.
 */
export async function countMembers(db: Db, touched: RawBuilder<unknown>): Promise<void> {
  await write(
    db,
    sql`
    update household h
    set member_count = size.living, closed_on = case when size.living = 0 then size.last_left end, size_gap = size.gap
    from (
      select p.county, p.household_id, count(*) filter (where p.left_on is null) as living, max(p.left_on) as last_left,
        s.stated_count - count(*) filter (where ${belongedOn('p', 's.stated_on')}) as gap
      from person p
      join (select distinct county, household_id from ${touched} t) t using (county, household_id)
      join household s on s.county = p.county and s.id = p.household_id
      group by p.county, p.household_id, s.stated_count
    ) size
    where h.county = size.county and h.id = size.household_id
      and (h.member_count <> size.living or (h.closed_on is null) = (size.living = 0)
        or h.size_gap is distinct from size.gap)
      and exists (
        select from household_record r where r.county = h.county and r.household_id = h.id and r.known_until is null)`,
  )
}

/** Closes the touched households whose record was withdrawn. */
export async function closeWithdrawn(db: Db, touched: RawBuilder<unknown>, asOf: string): Promise<void> {
  await write(
    db,
    sql`
    update household h set closed_on = ${asOf}::date
    from ${touched} t
    where h.county = t.county and h.id = t.household_id and h.closed_on is null
      and not exists (select from household_record r where r.county = t.county and r.household_id = t.household_id
        and r.known_until is null)`,
  )
}

/** Gives the households of a relation `t` (county, household_id) the category of their spell that holds. */
export async function classifyHouseholds(db: Db, households: RawBuilder<unknown>): Promise<void> {
  await write(
    db,
    sql`
    update household h set category = s.category, risk = s.risk
    from ${households}
    join category_spell s on s.county = t.county and s.household_id = t.household_id and s.until_on is null
    where h.county = t.county and h.id = t.household_id and (h.category, h.risk) <> (s.category, s.risk)`,
  )
}
