import type pg from 'pg'
import { type AreaScope, areaScope, levelOf } from '#server/modules/divisions/index.ts'
import { matchHouseholdRows, matchMemberRows } from '#server/modules/registry/index.ts'
import type { Session } from '#server/platform/db.ts'
import type { Intake } from './intake.ts'
import { equal, factColumns, type IntakeTables, isRegistryFeed, listed } from './tables.ts'

export interface MatchCounts {
  exact: number
  idOnly: number
  nameBirth: number
  unmatched: number
  duplicates: number
  /** Rows sent back because they contradict the file or name a place or household that does not exist. */
  refused: number
}

/**
 * Finds the household of every staged row in one pass and leaves `placed` in the order of its natural key: `exact` tells a
 * full match from one of the number alone, `copy_no` counts rows of the same identity, `verdict` says what is known already.
 */
export async function matchRows(
  session: Session,
  tables: IntakeTables,
  intake: Intake,
): Promise<MatchCounts> {
  const { client } = session
  const area = areaScope(intake.area)
  const staged = await count(client, `select count(*) as n from ${tables.stage}`)
  const source = isRegistryFeed(intake.feed)
    ? await placeByNumber(session, tables, intake, area)
    : placeByPerson(tables, intake, area)
  await placeRows(client, tables, intake, source)

  const { rows } = await client.query<{ exact: number; id_only: number; copies: number }>(`
    select count(*) filter (where exact) as exact, count(*) filter (where not exact) as id_only,
      count(*) filter (where exact and copy_no > 1) as copies from ${tables.placed}`)
  const { exact, id_only: idOnly, copies } = rows[0] ?? { exact: 0, id_only: 0, copies: 0 }
  const conflicts = copies > 0 ? await refuseConflicts(client, tables, intake) : 0
  const unplaced = staged - exact - idOnly
  if (isRegistryFeed(intake.feed)) {
    const strangers = unplaced > 0 ? await refuseStrangers(client, tables, intake) : 0
    const refused = conflicts + strangers
    return { exact, idOnly: 0, nameBirth: 0, unmatched: 0, duplicates: copies - conflicts, refused }
  }
  if (idOnly > 0) {
    const person = intake.feed.grain === 'person' ? 'person_id' : 'match_person'
    await client.query(`insert into ${tables.review}
      select row_no, county, household_id, ${person}, 'id-only' from ${tables.placed} where not exact`)
  }
  const nameBirth = unplaced > 0 ? await findByNameAndBirth(client, tables, area) : 0
  const unmatched = unplaced - nameBirth
  return { exact, idOnly, nameBirth, unmatched, duplicates: copies - conflicts, refused: conflicts }
}

async function count(client: pg.PoolClient, text: string): Promise<number> {
  const { rows } = await client.query<{ n: number }>(text)
  return rows[0]?.n ?? 0
}

/** Where placed rows come from: staged rows as `s`, and their place. */
export interface Source {
  from: string
  place: Record<'county' | 'household_id' | 'person_id', string>
  exact: string
}

function placeByPerson(tables: IntakeTables, intake: Intake, area: AreaScope): Source {
  return {
    from: `${tables.stage} s join person_index p on p.id_index = s.match_index and ${personInside('p', intake.area, area)}`,
    place: { county: 'p.county', household_id: 'p.household_id', person_id: 'p.person_id' },
    exact: 'p.name = s.match_name',
  }
}

/** Below the county the village decides, which the index of persons does not know. */
function personInside(alias: string, division: number, area: AreaScope): string {
  const counties = `${alias}.county between ${Math.floor(area.from / 1e6)} and ${Math.floor(area.to / 1e6)}`
  const level = levelOf(division)
  if (level === 'province') return 'true'
  if (level === 'city' || level === 'county') return counties
  return `${counties} and exists (select from household h where h.county = ${alias}.county
    and h.id = ${alias}.household_id and h.village between ${area.from} and ${area.to})`
}

/** The registry knows how its own files find their households and persons. */
async function placeByNumber(
  session: Session,
  tables: IntakeTables,
  { feed }: Intake,
  area: AreaScope,
): Promise<Source> {
  const request = { stage: tables.stage, matched: 'matched', area }
  if (feed.grain === 'person') await matchMemberRows(session, request)
  else await matchHouseholdRows(session, request)
  return {
    from: `${tables.stage} s join matched p on p.row_no = s.row_no`,
    place: { county: 'p.county', household_id: 'p.household_id', person_id: 'p.person_id' },
    exact: 'true',
  }
}

/** Makes `placed` of the staged rows that `source` finds a place for. */
export async function placeRows(
  client: pg.PoolClient,
  tables: IntakeTables,
  { feed }: Intake,
  source: Source,
) {
  const { table, place, identity, content, compared } = factColumns(feed)
  const keys = identity.slice(1)
  const columns = [
    's.row_no',
    ...place.map((column) => `${source.place[column as keyof Source['place']]} as ${column}`),
    ...(feed.grain === 'household' && !isRegistryFeed(feed) ? ['p.person_id as match_person'] : []),
    `${source.exact} as exact`,
    ...content.map((column) => `s.${column}`),
  ]
  const known = await client.query(`select from ${table} where known_until is null limit 1`)
  const hasFacts = known.rowCount === 1
  const verdict = hasFacts
    ? `case when f.batch_id is null then 'new'
        when (${listed(compared, 'f')}) is distinct from (${listed(compared, 'r')}) then 'changed' else 'same' end`
    : `'new'`
  const facts = hasFacts
    ? `left join ${table} f on ${equal([...place, ...keys], 'f', 'r')} and f.known_until is null`
    : ''
  const window = `partition by ${listed(identity, 'r')}, r.exact order by r.row_no`
  await client.query(`
    create unlogged table ${tables.placed} with (autovacuum_enabled = off) as
    select r.*, ${verdict} as verdict, row_number() over (${window})::integer as copy_no
    from (select ${columns.join(', ')} from ${source.from}) r ${facts}`)
}

/** Rows of one identity: the first counts, those that say the same are duplicates, those that differ go back. */
export async function refuseConflicts(client: pg.PoolClient, tables: IntakeTables, { feed }: Intake) {
  const { identity, compared } = factColumns(feed)
  const key = feed.key[0] ?? (feed.grain === 'person' ? 'idNumber' : 'householdNo')
  const { rowCount } = await client.query(
    `
    insert into ${tables.refused}
    select d.row_no, 'key-conflict', $1, f.row_no
    from ${tables.placed} d
    join ${tables.placed} f on ${equal(identity, 'f', 'd')} and f.exact and f.copy_no = 1
    where d.exact and d.copy_no > 1 and (${listed(compared, 'd')}) is distinct from (${listed(compared, 'f')})`,
    [key],
  )
  return rowCount ?? 0
}

/** Rows of the registry's own files that name no village, or no household, of the batch's area. */
async function refuseStrangers(client: pg.PoolClient, tables: IntakeTables, { feed }: Intake) {
  const [code, key] =
    feed.grain === 'person' ? ['household-unknown', 'householdNo'] : ['village-unknown', 'villageCode']
  const { rowCount } = await client.query(
    `insert into ${tables.refused}
     select s.row_no, $1, $2 from ${tables.stage} s
     where not exists (select from ${tables.placed} p where p.row_no = s.row_no)`,
    [code, key],
  )
  return rowCount ?? 0
}

/** The weak match: number unknown to the registry, one single person of that name and birth date in the area. */
async function findByNameAndBirth(client: pg.PoolClient, tables: IntakeTables, area: AreaScope) {
  const { rowCount } = await client.query(`
    insert into ${tables.review}
    select s.row_no, min(p.county), min(p.household_id), min(p.person_id), 'name-birth'
    from ${tables.stage} s
    join person_index p on p.name = s.match_name and p.birth = s.match_birth
    join household h on h.county = p.county and h.id = p.household_id and h.village between ${area.from} and ${area.to}
    where not exists (select from person_index known where known.id_index = s.match_index)
    group by s.row_no having count(*) = 1`)
  return rowCount ?? 0
}
