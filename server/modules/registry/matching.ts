import { sql } from 'kysely'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import type { Session } from '#server/platform/database/db.ts'

/** `stage` holds the checked rows, `matched` is the temporary table to create; both live in the running transaction. */
export interface MatchRequest {
  stage: string
  matched: string
  /** Rows about places outside are not matched. */
  area: AreaScope
}

/**
 * Finds the household of each row of the household feed by its number within the county, and assigns an id to a number not
 * seen before. Reads `stage(row_no, household_no, village_code)`; creates `matched(row_no, county, household_id, village)`.
 * Rows left out name a village that does not exist or lies outside the area.
 */
export async function matchHouseholdRows({ db }: Session, request: MatchRequest): Promise<void> {
  const { stage, matched, area } = request
  await sql`
    create temp table ${sql.table(matched)} on commit drop as
    with placed as (
      select s.row_no, (s.village_code / 1000000)::int as county, s.household_no, s.village_code
      from ${sql.table(stage)} s
      join division d on d.code = s.village_code and d.level = 'village'
      where s.village_code between ${area.from}::bigint and ${area.to}::bigint
    ), numbers as materialized (
      select n.county, n.household_no, coalesce(n.id, nextval(pg_get_serial_sequence('household', 'id')))
        as household_id
      from (
        select f.county, f.household_no, h.id
        from (select county, household_no, min(row_no) as row_no from placed group by county, household_no) f
        left join household h on h.county = f.county and h.household_no = f.household_no
        order by f.row_no
      ) n
    )
    select placed.row_no, placed.county, numbers.household_id, placed.village_code as village
    from placed join numbers using (county, household_no)`.execute(db)
}

/**
 * Finds household and person of each row of the member feed: the household by its number, the person in it by ID number,
 * else by member number, else a new id. Reads `stage(row_no, household_no, member_no, id_number_index)`; creates
 * `matched(row_no, county, household_id, person_id, village)`. Rows left out name a household the registry does not have in the area.
 */
export async function matchMemberRows({ db }: Session, request: MatchRequest): Promise<void> {
  const { stage, matched, area } = request
  await sql`
    create temp table ${sql.table(matched)} on commit drop as
    with placed as materialized (
      select s.row_no, h.county, h.id as household_id, h.village, s.member_no, s.id_number_index as id_index
      from ${sql.table(stage)} s
      join household h on h.household_no = s.household_no
      where h.village between ${area.from}::bigint and ${area.to}::bigint
    ), by_id as (
      select m.county, m.household_id, m.id_index, min(p.id) as person_id
      from (select distinct county, household_id, id_index from placed) m
      join person p on p.county = m.county and p.household_id = m.household_id and p.id_index = m.id_index
      group by m.county, m.household_id, m.id_index
    ), by_number as (
      select m.county, m.household_id, m.member_no, max(p.id) as person_id
      from (select distinct county, household_id, member_no from placed) m
      join person p on p.county = m.county and p.household_id = m.household_id and p.member_no = m.member_no
      where not exists (select from by_id b where b.county = p.county and b.person_id = p.id)
      group by m.county, m.household_id, m.member_no
    ), people as materialized (
      -- New ids in the order of the file: of two rows that claim one ID number, the later is the newer membership.
      select k.county, k.household_id, k.id_index,
        coalesce(k.person_id, nextval(pg_get_serial_sequence('person', 'id'))) as person_id
      from (
        select f.county, f.household_id, f.id_index, coalesce(b.person_id, n.person_id) as person_id
        from (
          select distinct on (county, household_id, id_index) * from placed
          order by county, household_id, id_index, row_no
        ) f
        left join by_id b using (county, household_id, id_index)
        left join by_number n using (county, household_id, member_no)
        order by f.row_no
      ) k
    )
    select placed.row_no, placed.county, placed.household_id, people.person_id, placed.village
    from placed join people using (county, household_id, id_index)`.execute(db)
}
