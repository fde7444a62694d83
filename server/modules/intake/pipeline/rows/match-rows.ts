import type pg from 'pg'
import { type AreaScope, areaScope, levelOf } from '#server/modules/divisions/index.ts'
import { type FeedDefinition, storedAs } from '#server/modules/feeds/index.ts'
import { leavingChanges, matchHouseholdRows, matchMemberRows } from '#server/modules/registry/index.ts'
import type { Session } from '#server/platform/database/db.ts'
import type { HouseholdMover } from '#server/platform/projections/move-households.ts'
import { addsUpMembers, type Intake } from '../intake.ts'
import { chainOf, equal, factColumns, type IntakeTables, isRegistryFeed, listed } from '../tables.ts'
import type { Source } from './place-rows.ts'

/** What the register's own files need besides: when they become known, how households go to another county, who has looked at them. */
export interface RegisterMatching {
  at: Date
  move: HouseholdMover
  decided: boolean
}

/** How the rows of a staging table find their place. Rows about people outside the batch's area find none. */
export function sourceOf(
  session: Session,
  stage: string,
  intake: Intake,
  register: RegisterMatching,
): Source | Promise<Source> {
  const area = areaScope(intake.area)
  return isRegistryFeed(intake.feed)
    ? placeByNumber(session, stage, intake, area, register)
    : placeByPerson(stage, intake.area, area)
}

function placeByPerson(stage: string, division: number, area: AreaScope): Source {
  return {
    from: `${stage} s left join person_index p on p.id_index = s.match_index
      and (not p.former or ${nameOf('p')} = s.match_name) and ${personInside('p', division, area)}`,
    place: { county: 'p.county', household_id: 'p.household_id', person_id: 'p.person_id' },
    village: 'p.village',
    exact: `${nameOf('p')} = s.match_name`,
  }
}

/** As names are compared: of most it is the name itself. */
const nameOf = (person: string) => `coalesce(${person}.comparable, ${person}.name)`

function personInside(alias: string, division: number, area: AreaScope): string {
  const counties = `${alias}.county between ${Math.floor(area.from / 1e6)} and ${Math.floor(area.to / 1e6)}`
  const level = levelOf(division)
  if (level === 'province') return 'true'
  if (level === 'city' || level === 'county') return counties
  return `${counties} and ${alias}.village between ${area.from} and ${area.to}`
}

/** The registry knows how its own files find their households and persons. */
async function placeByNumber(
  session: Session,
  stage: string,
  { feed, wordOn }: Intake,
  area: AreaScope,
  { at, move, decided }: RegisterMatching,
): Promise<Source> {
  const request = { stage, matched: 'matched', area }
  if (feed.grain === 'person') await matchMemberRows(session, { ...request, decided })
  else await matchHouseholdRows(session, { ...request, wordOn, at, move })
  const exact = feed.grain === 'person' ? 'p.doubt is null' : 'true'
  return {
    from: `${stage} s left join matched p on p.row_no = s.row_no`,
    place: { county: 'p.county', household_id: 'p.household_id', person_id: 'p.person_id' },
    village: 'p.village',
    exact: `case when p.row_no is not null then ${exact} end`,
  }
}

/** Rows of the member file that a person must look at beside somebody else of the register. */
export async function listDoubts(client: pg.PoolClient, tables: IntakeTables, { feed }: Intake) {
  if (feed.grain !== 'person') return
  await client.query(`insert into ${tables.review}
    select row_no, other_county, other_household, other_person, doubt, other_row from matched where doubt is not null`)
}

export interface LeftCounts {
  exact: number
  idOnly: number
  duplicates: number
  /** Rows that contradict another row of the file. */
  conflicts: number
  changed: number
  same: number
  late: number
}

/**
 * Ranks what was left: which rows repeat or contradict an earlier row of the file, which repeat what is known already, and which
 * something else. The earlier row is among the facts when this batch added it, or else among those left (`copy_no` 1). What an older file
 * says otherwise is `late`; a member who is said to be there and had left for another household is one anew.
 */
export async function rankLeft(
  client: pg.PoolClient,
  tables: IntakeTables,
  { id, feed, wordOn, corrects }: Pick<Intake, 'id' | 'feed' | 'wordOn' | 'corrects'>,
): Promise<LeftCounts> {
  const { table, place, keys, compared, asOf } = factColumns(feed)
  const identity = [...place, ...keys]
  const differs = `(${listed(compared, 'f')}) is distinct from (${listed(compared, 'r')})`
  const word = (row: string, day: string) => (asOf ? `(${row}.${asOf}, ${day})` : day)
  const isLate = `${word('r', `'${wordOn}'::date`)} < ${word('f', 'f.word_on')}`
  const isBack = `not ${isLate} and ${feed.code === 'member' ? cameBack : 'false'}`
  await client.query(`
    create unlogged table ${tables.placed} with (autovacuum_enabled = off) as
    select r.*, f.row_no as other,
      case when f.batch_id = ${id} then case when ${differs} then 'conflict' else 'duplicate' end
        when ${isBack} then 'changed' when not ${differs} then 'same'
        when f.batch_id in ${chainOf(corrects)} then 'changed' when ${isLate} then 'late' else 'changed' end as verdict,
      row_number() over (partition by ${listed(identity, 'r')}, r.exact order by r.row_no)::integer as copy_no
    from ${tables.left} r left join ${table} f on ${equal(identity, 'f', 'r')} and f.known_until is null`)
  await client.query(
    `insert into ${tables.refused}
     select row_no, 'key-conflict', $1, other from ${tables.placed} where exact and verdict = 'conflict'
     union all
     select d.row_no, 'key-conflict', $1, e.row_no
     from ${tables.placed} d
     join ${tables.placed} e on ${equal(identity, 'e', 'd')} and e.exact and e.copy_no = 1
     where d.exact and d.copy_no > 1 and d.verdict in ('same', 'changed', 'late')
       and (${listed(compared, 'd')}) is distinct from (${listed(compared, 'e')})`,
    [feed.key[0] ?? (feed.grain === 'person' ? 'idNumber' : 'householdNo')],
  )
  const { rows } = await client.query<Record<Exclude<keyof LeftCounts, 'duplicates'> | 'copies', number>>(`
    select count(*) filter (where exact) as exact, count(*) filter (where not exact) as "idOnly",
      count(*) filter (where exact and (copy_no > 1 or verdict in ('conflict', 'duplicate'))) as copies,
      count(*) filter (where exact and copy_no = 1 and verdict = 'changed') as changed,
      count(*) filter (where exact and copy_no = 1 and verdict = 'same') as same,
      count(*) filter (where exact and copy_no = 1 and verdict = 'late') as late,
      (select count(*) from ${tables.refused} where code = 'key-conflict') as conflicts
    from ${tables.placed}`)
  const { exact = 0, idOnly = 0, copies = 0, changed = 0, same = 0, late = 0, conflicts = 0 } = rows[0] ?? {}
  return { exact, idOnly, duplicates: copies - conflicts, conflicts, changed, same, late }
}

/** The member of row `r` and fact `f` left without a record that says so: for another household, which may be over. */
const cameBack = `coalesce(f.change in ${leavingChanges}, false) is false
  and exists (select from person p where p.county = f.county and p.id = f.person_id and p.left_on is not null)`

/** Rows of the registry's own files that name no village, or no household, of the batch's area. */
export async function refuseStrangers(client: pg.PoolClient, tables: IntakeTables, feed: FeedDefinition) {
  const [code, key] =
    feed.grain === 'person' ? ['household-unknown', 'householdNo'] : ['village-unknown', 'villageCode']
  const { rowCount } = await client.query(
    `insert into ${tables.refused} select row_no, $1, $2 from ${tables.unknown}`,
    [code, key],
  )
  return rowCount ?? 0
}

/**
 * Lists what a person must decide: the number fits and the name differs; or, the weak match, the registry does not know the
 * number and has one single person of that name and birth date in the area.
 */
export async function listUncertain(
  client: pg.PoolClient,
  tables: IntakeTables,
  intake: Intake,
): Promise<{ nameBirth: number }> {
  const area = areaScope(intake.area)
  await client.query(`insert into ${tables.review} (row_no, county, household_id, person_id, match_class)
    select row_no, county, household_id, match_person, 'id-only' from ${tables.placed} where not exact`)
  const { rowCount } = await client.query(`
    insert into ${tables.review} (row_no, county, household_id, person_id, match_class)
    select s.row_no, min(p.county), min(p.household_id), min(p.person_id), 'name-birth'
    from ${tables.unknown} s
    join person_index p on ${nameOf('p')} = s.match_name and p.birth = s.match_birth
    join household h on h.county = p.county and h.id = p.household_id and h.village between ${area.from} and ${area.to}
    where not exists (select from person_index known where known.id_index = s.match_index and not known.former)
    group by s.row_no having count(*) = 1`)
  return { nameBirth: rowCount ?? 0 }
}

export interface MemberAmounts {
  /** Rows that became part of another of their household. */
  parts: number
  /** Rows of members whose household has a figure of another source. */
  refused: number
}

/**
 * A feed of what a whole household has may come as a file of what each member has: its columns name no head, and rows of one household are
 * of several people with amounts of their own. These add up, in the first row of the household. Neither such a sum nor the row of a member
 * who is no head takes the place of what another source said of the household: the rows come back. Equal amounts of all members are the
 * household's own figure, printed beside each of them.
 */
export async function addUpMembers(
  client: pg.PoolClient,
  stage: string,
  tables: IntakeTables,
  intake: Intake,
): Promise<MemberAmounts> {
  if (!addsUpMembers(intake)) return { parts: 0, refused: 0 }
  const { feed, corrects } = intake
  const { table, place, keys } = factColumns(feed)
  const money = feed.columns.flatMap((column) =>
    column.type === 'money' ? storedAs(column).map((one) => one.column) : [],
  )
  const home = [...place, ...keys]
  await client.query('drop table if exists member_amount, member_sum')
  await client.query(`create temp table member_amount on commit drop as
    select distinct on (${listed(home, 'm')}, m.match_index) m.*
    from (
      select s.row_no, s.match_index, p.county, p.household_id, p.is_head, ${listed([...keys, ...money], 's')}
      from ${stage} s
      join person_index p on p.id_index = s.match_index and coalesce(p.comparable, p.name) = s.match_name
    ) m
    order by ${listed(home, 'm')}, m.match_index, m.row_no`)
  await client.query(`create temp table member_sum on commit drop as
    select ${listed(home, 'm')}, min(m.row_no) as first, count(*) as persons, bool_or(m.is_head) as has_head,
      count(distinct (${listed(money, 'm')})) as figures,
      ${money.map((one) => `sum(m.${one})::bigint as ${one}`).join(', ')}
    from member_amount m group by ${listed(home, 'm')}`)
  const { rows } = await client.query<{ own: boolean }>(
    'select exists (select from member_sum where persons > 1 and figures > 1) as own',
  )
  if (!rows[0]?.own) await client.query('delete from member_sum where persons > 1')
  const { rowCount: refused } = await client.query(`
    with taken as (
      select ${listed(home, 'm')} from member_sum m
      join ${table} f on ${equal(home, 'f', 'm')} and f.known_until is null
      join batch b on b.id = f.batch_id
      where (m.persons > 1 or not m.has_head) and not b.adds_up and f.batch_id not in ${chainOf(corrects)}
        and (${listed(money, 'f')}) is distinct from (${listed(money, 'm')})
    ), back as (
      delete from ${stage} s using member_amount a join taken on ${equal(home, 'a', 'taken')}
      where s.row_no = a.row_no returning s.row_no
    )
    insert into ${tables.refused} select row_no, 'income-of-member', 'idNumber' from back`)
  const { rowCount: parts } = await client.query(`
    with added as (
      update ${stage} s set ${money.map((one) => `${one} = m.${one}`).join(', ')}
      from member_sum m where m.persons > 1 and s.row_no = m.first returning s.row_no
    )
    delete from ${stage} s using member_amount a
    join member_sum m on ${equal(home, 'm', 'a')} and m.persons > 1
    where s.row_no = a.row_no and a.row_no <> m.first and m.first in (select row_no from added)`)
  return { parts: parts ?? 0, refused: refused ?? 0 }
}

/**
 * One bill is one person's: rows that bear the same number of the same hospital for people of different names and ID numbers all come
 * back, each with the other's row, for nobody can tell whose it is. Answers how many.
 */
export async function refuseSharedNumbers(
  client: pg.PoolClient,
  stage: string,
  tables: IntakeTables,
  feed: FeedDefinition,
): Promise<number> {
  if (!feed.takesBack) return 0
  const { rowCount } = await client.query(`
    with shared as (
      select settlement_no, hospital, min(row_no) as first from ${stage}
      group by settlement_no, hospital
      having min(match_index::text) <> max(match_index::text) and min(match_name) <> max(match_name)
    ), beside as (
      select s.row_no, case when s.row_no <> h.first then h.first else (select min(o.row_no) from ${stage} o
        where o.settlement_no = s.settlement_no and o.hospital is not distinct from s.hospital
          and o.match_index <> s.match_index) end as other
      from ${stage} s
      join shared h on h.settlement_no = s.settlement_no and h.hospital is not distinct from s.hospital
    ), back as (
      delete from ${stage} s using beside b where b.row_no = s.row_no returning s.row_no, b.other
    )
    insert into ${tables.refused} select row_no, 'number-of-two', 'settlementNo', other from back`)
  return rowCount ?? 0
}
