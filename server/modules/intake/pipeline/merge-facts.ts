import type pg from 'pg'
import { applyHouseholdFacts, applyMemberFacts } from '#server/modules/registry/index.ts'
import type { Session } from '#server/platform/database/db.ts'
import type { FeedsDeps } from '../deps.ts'
import type { Intake } from './intake.ts'
import { type FactsOf, touchedPlaces } from './rows/place-rows.ts'
import { renewStatistics } from './statistics.ts'
import { equal, factColumns, type IntakeTables, isRegistryFeed, listed } from './tables.ts'

/** Households whose facts this batch changed; temporary, each once. */
export const touchedTable = 'touched_household'

/** Rows that say something else than the facts take their place, as of now; the earlier ones stay readable. */
export async function supersede(
  client: pg.PoolClient,
  tables: IntakeTables,
  { batchId, feed, now }: FactsOf,
) {
  const { table, place, keys, content } = factColumns(feed)
  const changed = `p.exact and p.copy_no = 1 and p.verdict = 'changed'`
  await client.query(
    `update ${table} f set known_until = $1 from ${tables.placed} p
     where ${equal([...place, ...keys], 'f', 'p')} and f.known_until is null and ${changed}`,
    [now],
  )
  await client.query(
    `insert into ${table} (${[...place, 'village', 'batch_id', 'row_no', ...content, 'known_from'].join(', ')})
     select ${listed(place, 'p')}, p.village, $1, p.row_no, ${listed(content, 'p')}, $2::timestamptz
     from ${tables.placed} p where ${changed}`,
    [batchId, now],
  )
  await client.query(
    `insert into ${touchedPlaces} select distinct ${listed(place, 'p')} from ${tables.placed} p where ${changed}`,
  )
}

/**
 * Takes back what the corrected batch, or one it had corrected itself, told and this file no longer says. Facts about a
 * person or household that waits for a decision in this very file are left until then.
 */
export async function withdraw(
  client: pg.PoolClient,
  tables: IntakeTables,
  { batchId, feed, now }: FactsOf,
  corrects: number,
): Promise<number> {
  const { table, place, keys } = factColumns(feed)
  const waiting = feed.grain === 'person' ? 'v.person_id = f.person_id' : 'v.household_id = f.household_id'
  const { rows } = await client.query<{ n: number }>(
    `with recursive chain (id) as (
       select $1::bigint union select b.corrects from batch b join chain on b.id = chain.id where b.corrects is not null
     ), gone as (
       update ${table} f set known_until = $2
       where f.batch_id in (select id from chain) and f.known_until is null and f.batch_id <> $3
         and not exists (select from ${tables.placed} p
           where ${equal([...place, ...keys], 'p', 'f')} and p.exact and p.copy_no = 1)
         and not exists (select from ${tables.review} v where v.county = f.county and ${waiting})
       returning ${listed(place, 'f')}
     ), noted as (
       insert into ${touchedPlaces} select distinct ${place.join(', ')} from gone
     )
     select count(*) as n from gone`,
    [corrects, now, batchId],
  )
  return rows[0]?.n ?? 0
}

/** Brings the registry up to date, when the file is its own, and lists the touched households; answers how many. */
export async function settleTouched(
  { intake: { followSpells } }: Pick<FeedsDeps, 'intake'>,
  session: Session,
  { id, feed, asOf }: Pick<Intake, 'id' | 'feed' | 'asOf'>,
  changed: number,
): Promise<number> {
  const { client } = session
  const { table, place } = factColumns(feed)
  await renewStatistics(client, [table], changed)
  if (isRegistryFeed(feed)) {
    const relation = `${touchedPlaces}_once`
    await client.query(
      `create temp table ${relation} on commit drop as select distinct ${place.join(', ')} from ${touchedPlaces}`,
    )
    if (feed.grain === 'person') await applyMemberFacts(session, { relation, asOf, followSpells })
    else await applyHouseholdFacts(session, { relation, asOf, followSpells })
    const projections = feed.grain === 'person' ? ['household', 'person', 'person_index'] : ['household']
    await renewStatistics(client, projections, changed)
  }
  await client.query(`drop table if exists ${touchedTable}`)
  const touched = await client.query(`create temp table ${touchedTable} on commit drop as
    select distinct county, household_id from ${touchedPlaces}`)
  if (touched.rowCount === null) throw new Error(`batch ${id}: the touched households were not counted`)
  return touched.rowCount
}
