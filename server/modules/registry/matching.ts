import { type RawBuilder, sql } from 'kysely'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import type { Db, Session } from '#server/platform/database/db.ts'
import { defineExchange } from '#server/platform/row-exchange.ts'
import { type MoveRequest, moveHouseholds } from './county-moves.ts'
import { leavingChanges } from './rules.ts'

/** `stage` holds the checked rows, `matched` is the temporary table to create; both live in the running transaction. */
export interface MatchRequest {
  stage: string
  matched: string
  /** Rows about places outside are not matched. */
  area: AreaScope
}

export type HouseholdMatchRequest = MatchRequest & Omit<MoveRequest, 'stage' | 'area'>

/**
 * Finds the household of each row of the household feed by its number within the county, and assigns an id to a number not
 * seen before; one that moved here from another county is taken over first, and one that has moved away by a newer word is found where
 * it is. Reads `stage(row_no, household_no, village_code,
 * head_id_number_index)`; creates `matched(row_no, county, household_id, village)`.
 * Rows left out name a village that does not exist or lies outside the area.
 */
export async function matchHouseholdRows({ db }: Session, request: HouseholdMatchRequest): Promise<void> {
  const { stage, matched, area, wordOn } = request
  await moveHouseholds(db, request)
  await sql`
    create temp table ${sql.table(matched)} on commit drop as
    with gone as materialized (
      select distinct on (s.row_no) s.row_no, h.county, h.village
      from ${sql.table(stage)} s
      join household h on h.household_no collate "C" = s.household_no and h.county <> (s.village_code / 1000000)::int
      join household_record k on k.county = h.county and k.household_id = h.id and k.known_until is null
        and k.word_on > ${wordOn}::date and k.head_id_number_index = s.head_id_number_index
      where not exists (select from household o
        where o.county = (s.village_code / 1000000)::int and o.household_no = s.household_no)
      order by s.row_no, k.word_on desc
    ), placed as (
      select s.row_no, coalesce(g.county, (s.village_code / 1000000)::int) as county, s.household_no,
        coalesce(g.village, s.village_code) as village_code
      from ${sql.table(stage)} s
      join division d on d.code = s.village_code and d.level = 'village'
      left join gone g on g.row_no = s.row_no
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

/** What a person must decide before a row of the register's own file is taken: `batch_review.match_class`. */
export type MemberDoubt = 'second-head' | 'number-of-another' | 'two-households'

export interface MemberMatchRequest extends MatchRequest {
  /** Somebody has looked at the rows and taken them: nothing is doubted. */
  decided?: boolean
}

/**
 * Finds household and person of each row of the member feed: the household by its number, the person in it by ID number, else by what
 * a person keeps when a number changes or is missing, else a new id. Reads `stage(row_no, household_no, member_no, name,
 * name_comparable, birth, relation, change, id_number_index)`; creates `matched(row_no, county, household_id, person_id, village, doubt,
 * other_county, other_household, other_person, other_row)`. Rows left out name a household the registry does not have in the area; rows with a
 * doubt wait for somebody who looks at them beside the other person.
 */
export async function matchMemberRows({ db }: Session, request: MemberMatchRequest): Promise<void> {
  const { stage, matched, area, decided = false } = request
  // Step by step, each counted: in one statement the planner takes every step for small, and loops over a province (minutes for a
  // file of 50,000 members).
  await makeStep(
    db,
    'member_row',
    sql`
    select s.row_no, h.county, h.id as household_id, h.village, s.member_no, s.id_number_index as id_index,
      coalesce(s.name_comparable, s.name) as name, s.birth, s.relation,
      coalesce(s.change in ${leaving}, false) as leaves,
      coalesce(s.id_number_index::text, concat_ws(' ', s.member_no, s.name, s.birth)) as who
    from ${sql.table(stage)} s
    join household h on h.household_no = s.household_no
    where h.village between ${area.from}::bigint and ${area.to}::bigint`,
  )
  await makeStep(
    db,
    'member_known',
    sql`
    select p.county, p.household_id, p.id as person_id, p.id_index, p.id_cipher is not null as numbered, p.member_no,
      coalesce(p.name_comparable, p.name) as name, p.birth, p.relation, p.left_on is null as lives
    from (select distinct county, household_id from member_row) m join person p using (county, household_id)`,
  )
  await makeStep(
    db,
    'member_found',
    sql`
    select f.*, k.person_id as known_id
    from (
      select distinct on (county, household_id, who) * from member_row order by county, household_id, who, row_no
    ) f
    left join (
      select county, household_id, id_index, min(person_id) as person_id from member_known
      group by county, household_id, id_index
    ) k using (county, household_id, id_index)`,
  )
  await makeStep(db, 'member_pair', pairs)
  await makeStep(
    db,
    'member_placed',
    sql`
    with people as materialized (
      -- New ids in the order of the file: of two rows that claim one ID number, the later is the newer membership.
      select f.county, f.household_id, f.who,
        coalesce(f.person_id, nextval(pg_get_serial_sequence('person', 'id'))) as person_id
      from (
        select f.county, f.household_id, f.who, coalesce(f.known_id, p.person_id) as person_id
        from member_found f
        left join (select * from member_pair where best_known = 1 and best_row = 1) p using (county, household_id, who)
        order by f.row_no
      ) f
    )
    select r.*, r.relation = 'head' and not r.leaves as heads, p.person_id
    from member_row r join people p using (county, household_id, who)`,
  )
  await makeStep(db, sameMembers.table, withoutNumber)
  await makeStep(db, matched, decided ? undoubted : doubts)
}

/** A member new to one household who is a member known of another, though no number says so. */
export interface SameMember {
  county: number
  personId: number
  fromCounty: number
  fromPerson: number
}

export const sameMembers = defineExchange<SameMember>('same_member', {
  ...{ county: 'integer', personId: 'bigint', fromCounty: 'integer', fromPerson: 'bigint' },
})

/**
 * Whoever has no number, there or here, is one person where name and birth are the same and nobody else's, and the household left
 * tells it too: it says the member left, it is no more, or somebody else of it came along in the same file.
 */
const withoutNumber = sql`
    with found as (
      select r.county, r.household_id, r.person_id, p.county as from_county, p.household_id as from_household,
        p.id as from_person,
        count(*) over (partition by r.county, r.person_id) as candidates,
        count(*) over (partition by p.county, p.id) as claims
      from (select distinct on (county, person_id) * from member_placed where not leaves and birth is not null
        order by county, person_id, row_no) r
      join person_index i on coalesce(i.comparable, i.name) = r.name and i.birth = r.birth
      join person p on p.county = i.county and p.id = i.person_id
      join household h on h.county = p.county and h.id = p.household_id
      left join member_record m on m.county = p.county and m.household_id = p.household_id and m.person_id = p.id
        and m.known_until is null
      where (r.id_index is null or p.id_cipher is null)
        and not exists (select from member_known k where k.county = r.county and k.person_id = r.person_id)
        and (r.id_index is null or not exists (select from person_index x where x.id_index = r.id_index))
        and (p.county, p.household_id) <> (r.county, r.household_id)
        and (p.left_on is not null and m.change in ('married-out', 'moved-out')
          or h.closed_on is not null
          or exists (select from member_row x where x.county = p.county and x.household_id = p.household_id and x.leaves
            and x.name = r.name and x.birth = r.birth)
          or exists (select from member_placed x join person q on q.id_index = x.id_index
            where x.county = r.county and x.household_id = r.household_id and not x.leaves
              and q.county = p.county and q.household_id = p.household_id))
    )
    select county, person_id, from_county, from_person from found where candidates = 1 and claims = 1`

/** A temporary table of the running transaction, made anew and counted. */
async function makeStep(db: Db, name: string, rows: RawBuilder<unknown>) {
  await sql`drop table if exists ${sql.table(name)}`.execute(db)
  await sql`create temp table ${sql.table(name)} on commit drop as ${rows}`.execute(db)
  await sql`analyze ${sql.table(name)}`.execute(db)
}

const undoubted = sql`
    select row_no, county, household_id, person_id, village, null::text as doubt, null::int as other_county,
      null::bigint as other_household, null::bigint as other_person, null::int as other_row
    from member_placed`
const leaving = sql.raw(leavingChanges)

/** What stands for a name while a newborn has none. */
const placeholder = sql`'新生|婴|宝宝|未取|未命|未上户|待定|之子$|之女$'`

/**
 * Who a row may mean whose number the household does not know, or that has none, best first from both sides. A number was corrected or a
 * card renewed where the member number stays and name or birth do, or where name, birth and relation stay. A newborn gets a number, or
 * a name, later; who has no number in this file keeps the one that is known.
 */
const pairs = sql`
      select c.*, row_number() over (partition by c.county, c.household_id, c.who
          order by c.score desc, abs(c.nth_row - c.nth_known), c.person_id) as best_known,
        row_number() over (partition by c.county, c.person_id
          order by c.score desc, abs(c.nth_row - c.nth_known), c.row_no) as best_row
      from (
        select s.county, s.household_id, s.who, s.row_no, k.person_id, s.nth as nth_row, k.nth as nth_known,
          (k.name = s.name)::int * 8 + (k.member_no = s.member_no)::int * 4
            + coalesce(k.birth = s.birth, false)::int * 4 + (k.relation = s.relation)::int * 2 + k.lives::int as score
        from (
          select s.*, row_number() over (partition by county, household_id, name, birth, relation
            order by row_no) as nth
          from member_found s where s.known_id is null
        ) s
        join (
          select k.*, row_number() over (partition by county, household_id, name, birth, relation
            order by person_id) as nth
          from member_known k
          where not exists (select from member_found b where b.county = k.county and b.known_id = k.person_id)
        ) k using (county, household_id)
        cross join lateral (
          select k.member_no = s.member_no as numbered_alike, k.name = s.name as named_alike,
            k.birth is null or s.birth is null or k.birth = s.birth as born_alike
        ) l
        where case
          when s.id_index is not null and k.numbered then l.numbered_alike and (l.named_alike or k.birth = s.birth)
            or l.named_alike and l.born_alike and k.relation = s.relation
          when k.numbered then l.named_alike and l.born_alike
          else (l.named_alike or l.numbered_alike or k.name ~ ${placeholder} and k.birth = s.birth
            and k.relation = s.relation) and l.born_alike end
      ) c`

/**
 * A second living head, and a number that somebody of another name bears in another household, are not taken on the file's word alone,
 * unless the same file says that the other is head no longer, or has another number; nor a person in two households of one file, where the
 * one it lives in stands, else the first. All of it joins sets: a province is one file.
 */
const doubts = sql`
    with heads as (
      select k.county, k.household_id, min(k.person_id) as low, max(k.person_id) as high
      from member_known k
      where k.relation = 'head' and k.lives
        and not exists (select from member_placed x
          where x.county = k.county and x.person_id = k.person_id and not x.heads)
      group by k.county, k.household_id
    ), bearers as (
      select t.row_no, i.county, i.household_id, i.person_id
      from member_placed t
      join person_index i on i.id_index = t.id_index and not i.former
        and (i.county, i.household_id) <> (t.county, t.household_id) and coalesce(i.comparable, i.name) <> t.name
      join person p on p.county = i.county and p.id = i.person_id and p.left_on is null
      where not t.leaves and not exists (select from member_placed x
        where x.county = i.county and x.person_id = i.person_id
          and (x.leaves or x.id_index is distinct from t.id_index))
    ), firsts as (
      select distinct on (t.id_index) t.id_index, t.county, t.household_id, t.person_id, t.name, t.row_no
      from member_placed t
      join (select id_index from member_placed where id_index is not null and not leaves
        group by id_index having min(name) <> max(name) or min(household_id) <> max(household_id)) n using (id_index)
      left join member_known k on k.county = t.county and k.person_id = t.person_id and k.lives
      where not t.leaves
      order by t.id_index, k.person_id is null, t.row_no
    )
    select r.row_no, r.county, r.household_id, r.person_id, r.village,
      case when o.household_id is not null and o.name is distinct from r.name then 'number-of-another'
        when o.household_id is not null then 'two-households' when h.person_id is not null then 'second-head' end
        as doubt,
      case when o.household_id is not null then o.county when h.person_id is not null then r.county end as other_county,
      case when o.household_id is not null then o.household_id when h.person_id is not null then r.household_id end
        as other_household,
      coalesce(o.person_id, h.person_id) as other_person, o.row_no as other_row
    from (
      select r.*, coalesce(k.relation = 'head' and k.lives, false) as headed,
        first_value(r.person_id) over (partition by r.county, r.household_id, r.heads
          order by (k.relation = 'head' and k.lives) desc nulls last, r.row_no) as first_head
      from member_placed r left join member_known k on k.county = r.county and k.person_id = r.person_id
    ) r
    left join heads k on k.county = r.county and k.household_id = r.household_id and r.heads and not r.headed
    left join bearers b on b.row_no = r.row_no
    left join firsts f on f.id_index = r.id_index and not r.leaves
      and (f.county, f.household_id) <> (r.county, r.household_id)
    cross join lateral (
      select case when not r.heads or r.headed then null when k.low <> r.person_id then k.low
        when k.high <> r.person_id then k.high when r.first_head <> r.person_id then r.first_head end as person_id) h
    cross join lateral (
      select coalesce(b.county, f.county) as county, coalesce(b.household_id, f.household_id) as household_id,
        coalesce(b.person_id, f.person_id) as person_id,
        case when b.person_id is null then f.name end as name,
        case when b.person_id is null then f.row_no end as row_no) o`
