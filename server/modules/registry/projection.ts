import { type RawBuilder, sql } from 'kysely'
import type { Session } from '#server/platform/db.ts'

/**
 * What a merged batch of the registry's own feeds touched. `relation` is a table of the running transaction with `county`,
 * `household_id` and, for member facts, `person_id`; each row at most once.
 */
export interface Touched {
  relation: string
  /** The batch's day: closes what a batch withdrew. */
  asOf: string
}

/** Makes the touched households what their newest records say; a household whose record was withdrawn is closed. */
export async function applyHouseholdFacts({ db }: Session, { relation, asOf }: Touched): Promise<void> {
  const touched = sql.table(relation)
  // Without statistics the planner takes a fresh temporary table for a handful of rows.
  await sql`analyze ${touched}`.execute(db)
  await sql`
    insert into household (county, id, household_no, village, group_name, head_name, head_pinyin, registered, relief_mark,
      relieved_year, identified_on, monitoring_category, main_cause, member_count, phone_cipher)
    overriding system value
    select r.county, r.household_id, r.household_no, r.village_code, r.group_name, r.head_name, r.head_name_pinyin,
      r.registered, r.relief_mark, r.relieved_year, r.identified_month, r.monitoring_category, r.main_cause,
      coalesce(r.member_count, 0), r.phone_cipher
    from ${touched} t
    join household_record r using (county, household_id)
    where r.known_until is null
    on conflict (county, id) do update set
      household_no = excluded.household_no, village = excluded.village, group_name = excluded.group_name,
      head_name = excluded.head_name, head_pinyin = excluded.head_pinyin, registered = excluded.registered,
      relief_mark = excluded.relief_mark, relieved_year = excluded.relieved_year,
      identified_on = excluded.identified_on, monitoring_category = excluded.monitoring_category,
      main_cause = excluded.main_cause, member_count = excluded.member_count, phone_cipher = excluded.phone_cipher,
      closed_on = null`.execute(db)
  await closeWithdrawn(db, touched, asOf)
  await countMembers(db, touched)
}

/**
 * Makes the touched persons what their newest records say: who died, married out or moved away has left; a number that
 * now belongs to a member elsewhere ends the membership it had before. Keeps the blind index and the household's size.
 */
export async function applyMemberFacts({ db }: Session, { relation, asOf }: Touched): Promise<void> {
  const touched = sql.table(relation)
  await sql`analyze ${touched}`.execute(db)
  // A corrected ID number must stop finding the person under the old one.
  await sql`
    delete from person_index i using ${touched} t
    join person p on p.county = t.county and p.id = t.person_id
    left join member_record r on r.county = t.county and r.household_id = t.household_id and r.person_id = t.person_id
      and r.known_until is null
    where i.id_index = p.id_index and i.county = p.county and i.person_id = p.id
      and r.id_number_index is distinct from p.id_index`.execute(db)
  await sql`
    insert into person (county, id, household_id, member_no, name, name_pinyin, id_cipher, id_index, sex, birth, relation,
      student_status, education, labour, health, left_on)
    overriding system value
    select r.county, r.person_id, r.household_id, r.member_no, r.name, r.name_pinyin, r.id_number_cipher, r.id_number_index,
      r.sex, r.birth, r.relation, r.student_status, r.education, r.labour, r.health,
      case when r.change in ('death', 'married-out', 'emigrated', 'imprisoned', 'moved-out')
        then coalesce(r.changed_on, ${asOf}::date) end
    from ${touched} t
    join member_record r using (county, household_id, person_id)
    where r.known_until is null
    on conflict (county, id) do update set
      member_no = excluded.member_no, name = excluded.name, name_pinyin = excluded.name_pinyin,
      id_cipher = excluded.id_cipher, id_index = excluded.id_index, sex = excluded.sex, birth = excluded.birth,
      relation = excluded.relation, student_status = excluded.student_status, education = excluded.education,
      labour = excluded.labour, health = excluded.health, left_on = excluded.left_on`.execute(db)
  await sql`
    update person p set left_on = ${asOf}::date
    from ${touched} t
    where p.county = t.county and p.id = t.person_id and p.left_on is null
      and not exists (select from member_record r where r.county = t.county and r.household_id = t.household_id
        and r.person_id = t.person_id and r.known_until is null)`.execute(db)
  const moved = await sql<{ county: number; householdId: number }>`
    with claim as (
      select distinct on (p.id_index) p.id_index, p.county, p.id
      from ${touched} t
      join member_record r using (county, household_id, person_id)
      join person p on p.county = t.county and p.id = t.person_id
      where r.known_until is null and p.left_on is null
      order by p.id_index, r.batch_id desc, r.row_no desc
    )
    update person before set left_on = ${asOf}::date
    from claim
    join person_index i on i.id_index = claim.id_index
    where (i.county, i.person_id) <> (claim.county, claim.id)
      and before.county = i.county and before.id = i.person_id and before.left_on is null
    returning before.county, before.household_id`.execute(db)
  await sql`
    insert into person_index (id_index, county, household_id, person_id, name, birth, is_head)
    select distinct on (p.id_index) p.id_index, p.county, p.household_id, p.id, p.name, p.birth, p.relation = 'head'
    from ${touched} t
    join member_record r using (county, household_id, person_id)
    join person p on p.county = t.county and p.id = t.person_id
    where r.known_until is null
    order by p.id_index, p.left_on desc nulls first, r.batch_id desc, r.row_no desc
    on conflict (id_index) do update set county = excluded.county, household_id = excluded.household_id,
      person_id = excluded.person_id, name = excluded.name, birth = excluded.birth, is_head = excluded.is_head
      where (person_index.county, person_index.person_id) = (excluded.county, excluded.person_id)
        or not exists (select from person p where p.county = excluded.county and p.id = excluded.person_id
          and p.left_on is not null)`.execute(db)
  await countMembers(db, touched)
  if (moved.rows.length > 0) {
    const counties = moved.rows.map((row) => row.county)
    const households = moved.rows.map((row) => row.householdId)
    await countMembers(
      db,
      sql`(select distinct * from unnest(${counties}::int[], ${households}::bigint[]) as u (county, household_id))`,
    )
  }
}

type Db = Session['db']

/** Living members as the registry knows them; a household all of whose members left is closed on the day the last did. */
async function countMembers(db: Db, touched: RawBuilder<unknown>): Promise<void> {
  await sql`
    with size as (
      select p.county, p.household_id, count(*) filter (where p.left_on is null) as living, max(p.left_on) as last_left
      from person p
      join (select distinct county, household_id from ${touched} t) t using (county, household_id)
      group by p.county, p.household_id
    )
    update household h
    set member_count = size.living, closed_on = case when size.living = 0 then size.last_left end
    from size
    where h.county = size.county and h.id = size.household_id
      and (h.member_count <> size.living or (h.closed_on is null) = (size.living = 0))
      and exists (select from household_record r where r.county = h.county and r.household_id = h.id and r.known_until is null)
    `.execute(db)
}

async function closeWithdrawn(db: Db, touched: RawBuilder<unknown>, asOf: string): Promise<void> {
  await sql`
    update household h set closed_on = ${asOf}::date
    from ${touched} t
    where h.county = t.county and h.id = t.household_id and h.closed_on is null
      and not exists (select from household_record r where r.county = t.county and r.household_id = t.household_id
        and r.known_until is null)`.execute(db)
}
