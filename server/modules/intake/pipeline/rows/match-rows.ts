import type pg from 'pg'
import { type AreaScope, areaScope, levelOf } from '#server/modules/divisions/index.ts'
import type { FeedDefinition } from '#server/modules/feeds/index.ts'
import { matchHouseholdRows, matchMemberRows } from '#server/modules/registry/index.ts'
import type { Session } from '#server/platform/database/db.ts'
import type { HouseholdMover } from '#server/platform/projections/move-households.ts'
import type { Intake } from '../intake.ts'
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
const cameBack = `coalesce(f.change in ('death', 'married-out', 'emigrated', 'imprisoned', 'moved-out'), false) is false
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
