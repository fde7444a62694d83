import type pg from 'pg'
import { applyHouseholdFacts, applyMemberFacts } from '#server/modules/registry/index.ts'
import type { Session } from '#server/platform/db.ts'
import type { FeedDefinition } from '../definitions/kit.ts'
import type { Intake } from './intake.ts'
import { renewStatistics } from './statistics.ts'
import { equal, factColumns, type IntakeTables, isRegistryFeed, listed } from './tables.ts'

export interface MergeCounts {
  inserted: number
  superseded: number
  unchanged: number
  touchedHouseholds: number
}

/** Households whose facts this batch changed; temporary, each once. */
export const touchedTable = 'touched_household'
const touchedPlaces = 'touched_place'

/**
 * Makes the facts say what the placed rows say: what is known already stays, what differs is superseded as of now, what a
 * correction leaves out is withdrawn. Then brings the registry up to date, when the file is the registry's own.
 */
export async function mergeFacts(
  session: Session,
  tables: IntakeTables,
  intake: Intake,
  now: Date,
): Promise<MergeCounts> {
  const { client } = session
  const { table, place, content } = factColumns(intake.feed)
  const { rows } = await client.query<{ verdict: string; n: number }>(
    `select verdict, count(*) as n from ${tables.placed} where exact and copy_no = 1 group by verdict`,
  )
  const found = Object.fromEntries(rows.map(({ verdict, n }) => [verdict, n]))
  const { new: fresh = 0, changed = 0, same: unchanged = 0 } = found

  if (changed > 0) await supersede(client, tables, intake.feed, now)
  if (fresh + changed > 0) {
    await client.query(
      `insert into ${table} (${[...place, 'batch_id', 'row_no', ...content, 'known_from'].join(', ')})
       select ${listed(place, 'p')}, $1, p.row_no, ${listed(content, 'p')}, $2::timestamptz
       from ${tables.placed} p where ${takesEffect('p')}`,
      [intake.id, now],
    )
  }
  await renewStatistics(client, [table], fresh + changed)
  await client.query(`drop table if exists ${touchedTable}, ${touchedPlaces}`)
  await client.query(`create temp table ${touchedPlaces} on commit drop as
    select distinct ${place.join(', ')} from ${tables.placed} p where ${takesEffect('p')}`)
  const withdrawn =
    intake.corrects === null ? 0 : await withdraw(client, tables, intake, intake.corrects, now)
  if (isRegistryFeed(intake.feed)) await project(session, intake, fresh + changed)
  const touched = await client.query(`create temp table ${touchedTable} on commit drop as
    select distinct county, household_id from ${touchedPlaces}`)
  return {
    inserted: fresh,
    superseded: changed + withdrawn,
    unchanged,
    touchedHouseholds: touched.rowCount ?? 0,
  }
}

const takesEffect = (p: string) => `${p}.exact and ${p}.copy_no = 1 and ${p}.verdict <> 'same'`

async function supersede(client: pg.PoolClient, tables: IntakeTables, feed: FeedDefinition, now: Date) {
  const { table, place, identity } = factColumns(feed)
  await client.query(
    `update ${table} f set known_until = $1 from ${tables.placed} p
     where ${equal([...place, ...identity.slice(1)], 'f', 'p')} and f.known_until is null
       and p.exact and p.copy_no = 1 and p.verdict = 'changed'`,
    [now],
  )
}

/**
 * Takes back what the corrected batch, or one it had corrected itself, told and this file no longer says. Facts about a
 * person or household that waits for a decision in this very file are left until then.
 */
async function withdraw(
  client: pg.PoolClient,
  tables: IntakeTables,
  { feed, id }: Intake,
  corrects: number,
  now: Date,
): Promise<number> {
  const { table, place, identity } = factColumns(feed)
  const waiting = feed.grain === 'person' ? 'v.person_id = f.person_id' : 'v.household_id = f.household_id'
  const { rows } = await client.query<{ n: number }>(
    `with recursive chain (id) as (
       select $1::bigint union select b.corrects from batch b join chain on b.id = chain.id where b.corrects is not null
     ), gone as (
       update ${table} f set known_until = $2
       where f.batch_id in (select id from chain) and f.known_until is null and f.batch_id <> $3
         and not exists (select from ${tables.placed} p
           where ${equal([...place, ...identity.slice(1)], 'p', 'f')} and p.exact and p.copy_no = 1)
         and not exists (select from ${tables.review} v where v.county = f.county and ${waiting})
       returning ${listed(place, 'f')}
     ), noted as (
       insert into ${touchedPlaces}
       select distinct ${place.join(', ')} from gone except select ${place.join(', ')} from ${touchedPlaces}
     )
     select count(*) as n from gone`,
    [corrects, now, id],
  )
  return rows[0]?.n ?? 0
}

async function project(session: Session, { feed, asOf }: Intake, rows: number) {
  const touched = { relation: touchedPlaces, asOf }
  if (feed.grain === 'person') await applyMemberFacts(session, touched)
  else await applyHouseholdFacts(session, touched)
  const projections = feed.grain === 'person' ? ['household', 'person', 'person_index'] : ['household']
  await renewStatistics(session.client, projections, rows)
}
