import { sql } from 'kysely'
import type pg from 'pg'
import {
  applyHouseholdFacts,
  applyMemberFacts,
  movedPersons,
  statedHouseholds,
  statedMembers,
} from '#server/modules/registry/index.ts'
import type { Session } from '#server/platform/database/db.ts'
import {
  defineExchange,
  fillExchange,
  type HouseholdPlace,
  householdPlace,
} from '#server/platform/row-exchange.ts'
import type { FeedsDeps } from '../deps.ts'
import { followPersons } from './follow-persons.ts'
import { type FactsOf, touchedPlaces } from './rows/place-rows.ts'
import { renewStatistics } from './statistics.ts'
import { equal, factColumns, type IntakeTables, isRegistryFeed, listed } from './tables.ts'

/** Households whose facts a batch changed, each once; left for what follows the merge. */
export const touchedHouseholds = defineExchange<HouseholdPlace>('touched_household', householdPlace)

/** Rows that differ from the facts supersede them, as of now; the earlier ones stay readable. */
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
 * Takes back what the corrected batch, or one it had corrected itself, delivered and this file no longer contains. Facts about a
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

/** Updates the registry, when the file is its own, and lists the touched households; answers how many. */
export async function listTouched(
  { intake: { followSpells } }: Pick<FeedsDeps, 'intake'>,
  session: Session,
  { feed, asOf, now: at }: Pick<FactsOf, 'feed' | 'asOf' | 'now'>,
  changed: number,
): Promise<number> {
  const { client } = session
  const { table } = factColumns(feed)
  const { db } = session
  const touched = sql.table(touchedPlaces)
  await renewStatistics(client, [table], changed)
  if (isRegistryFeed(feed)) {
    if (feed.grain === 'person') {
      await fillExchange(
        db,
        statedMembers,
        sql`select distinct county, household_id, person_id from ${touched}`,
      )
      await applyMemberFacts(session, { asOf, at, followSpells })
      await followPersons(db, at)
      // A household that a member left for another is touched as well, though no row of the file names it.
      await client.query(
        `insert into ${touchedPlaces} (county, household_id)
         select from_county, from_household from ${movedPersons.table}`,
      )
    } else {
      await fillExchange(db, statedHouseholds, sql`select distinct county, household_id from ${touched}`)
      await applyHouseholdFacts(session, { asOf, at, followSpells })
    }
    const projections = feed.grain === 'person' ? ['household', 'person', 'person_index'] : ['household']
    await renewStatistics(client, projections, changed)
  }
  return fillExchange(db, touchedHouseholds, sql`select distinct county, household_id from ${touched}`)
}
