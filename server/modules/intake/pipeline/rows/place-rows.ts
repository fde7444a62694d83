import type pg from 'pg'
import type { FeedDefinition } from '#server/modules/feeds/index.ts'
import { noteSpoken, openSpoken } from '../coverage.ts'
import { equal, factColumns, type IntakeTables, isRegistryFeed, listed } from '../tables.ts'

/** Where staged rows (`s`) find their place: a `from` item and the expressions over it; `exact` is null where there is none. */
export interface Source {
  from: string
  place: Record<'county' | 'household_id' | 'person_id', string>
  village: string
  exact: string
}

/** What a transaction adds to the facts. */
export interface FactsOf {
  batchId: number
  feed: FeedDefinition
  /** Day of the batch. */
  asOf: string
  /** Day of the file's word. */
  wordOn: string
  now: Date
}

export interface Added {
  staged: number
  /** Rows with a place, certain or not. */
  placed: number
  added: number
}

/** Places whose facts this transaction changed, more than once where several chunks did. */
export const touchedPlaces = 'touched_place'

export async function openTouched(client: pg.PoolClient, feed: FeedDefinition) {
  const { place, table } = factColumns(feed)
  await openSpoken(client)
  await client.query(
    `create temp table ${touchedPlaces} on commit drop as select ${place.join(', ')} from ${table} with no data`,
  )
}

/**
 * Adds every row of a chunk that finds its place with certainty and contains something new; the others with a place
 * wait in `left`. One statement, so that rows are written once, in the order of their identity, in which the facts are looked
 * up as well; an insert that looks for conflicts itself takes twice as long.
 */
export async function addRows(
  client: pg.PoolClient,
  tables: IntakeTables,
  { batchId, feed, asOf, wordOn, now }: FactsOf,
  source: Source,
): Promise<Added> {
  const { table, place, keys, content } = factColumns(feed)
  const isRegistry = isRegistryFeed(feed)
  const match = isRegistry
    ? ['null::uuid as match_index', 'null::text as match_name', 'null::date as match_birth']
    : ['s.match_index', 's.match_name', 's.match_birth']
  const person = feed.grain === 'household' && isRegistry ? 'null::bigint' : source.place.person_id
  const written = [...place, 'village', 'batch_id', 'row_no', ...content, 'word_on', 'known_from']
  const places = place.map((column) => `${source.place[column as keyof Source['place']]} as ${column}`)
  const identity = listed([...place.slice(-1), ...keys], 'r')
  const { rows } = await client.query<Added>(
    `with ranked as materialized (
       select n.*, n.exact and n.copy_no = 1 and f.known is null as fresh
       from (
         select r.*, row_number() over (partition by ${identity}, r.exact order by r.row_no) as copy_no
         from (
           select s.row_no, ${places.join(', ')}, ${source.village} as village, ${person} as match_person,
             ${source.exact} as exact,
             ${match.join(', ')}, ${listed(content, 's')}
           from ${source.from}
         ) r
       ) n
       left join lateral (
         select true as known from ${table} f where ${equal([...place, ...keys], 'f', 'n')} and f.known_until is null
           limit 1
       ) f on n.exact
     ), added as (
       insert into ${table} (${written.join(', ')})
       select ${listed(place, 'r')}, r.village, $1::bigint, r.row_no, ${listed(content, 'r')}, $4::date, $2::timestamptz
         from ranked r where r.fresh
     ), rest as (
       insert into ${tables.left} (row_no, ${place.join(', ')}, village, match_person, exact, ${content.join(', ')})
       select r.row_no, ${listed(place, 'r')}, r.village, r.match_person, r.exact, ${listed(content, 'r')}
       from ranked r where r.exact is not null and not r.fresh
     ), strangers as (
       insert into ${tables.unknown} select r.row_no, r.match_index, r.match_name, r.match_birth from ranked r
         where r.exact is null
     ), noted as (
       insert into ${touchedPlaces} select distinct ${listed(place, 'r')} from ranked r where r.fresh
     ), spoken as (
       ${noteSpoken(feed, 'ranked')}
     )
     select count(*) as staged, count(*) filter (where exact is not null) as placed,
       count(*) filter (where fresh) as added
     from ranked`,
    [batchId, now, asOf, wordOn],
  )
  return rows[0] ?? { staged: 0, placed: 0, added: 0 }
}
