import { sql } from 'kysely'
import type pg from 'pg'
import type { FeedDefinition } from '#server/modules/feeds/index.ts'
import {
  applyHouseholdFacts,
  applyMemberFacts,
  leavingChanges,
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
import { chainOf, equal, factColumns, type IntakeTables, isRegistryFeed, listed } from './tables.ts'

/** Households whose facts a batch changed, each once; left for what follows the merge. */
export const touchedHouseholds = defineExchange<HouseholdPlace>('touched_household', householdPlace)

/**
 * Rows that differ from the facts supersede them, as of now; the earlier ones stay readable. What an older file says otherwise is kept
 * as the past, known and superseded at once; what says the same makes the word of that fact newer.
 */
export async function supersede(
  client: pg.PoolClient,
  tables: IntakeTables,
  { batchId, feed, wordOn, now }: FactsOf,
) {
  const { table, place, keys, content } = factColumns(feed)
  const changed = `p.exact and p.copy_no = 1 and p.verdict = 'changed'`
  await client.query(
    `update ${table} f set known_until = $1 from ${tables.placed} p
     where ${equal([...place, ...keys], 'f', 'p')} and f.known_until is null and ${changed}`,
    [now],
  )
  const columns = [
    ...place,
    'village',
    'batch_id',
    'row_no',
    ...content,
    'word_on',
    'known_from',
    'known_until',
  ]
  await client.query(
    `insert into ${table} (${columns.join(', ')})
     select ${listed(place, 'p')}, p.village, $1, p.row_no, ${listed(content, 'p')}, $3::date, $2::timestamptz,
       case when p.verdict = 'late' then $2::timestamptz end
     from ${tables.placed} p where p.exact and p.copy_no = 1 and p.verdict in ('changed', 'late')`,
    [batchId, now, wordOn],
  )
  await client.query(
    `insert into ${touchedPlaces} select distinct ${listed(place, 'p')} from ${tables.placed} p where ${changed}`,
  )
}

/** Facts that the file says again: its word is newer, where theirs is older. */
export async function restate(client: pg.PoolClient, tables: IntakeTables, { feed, wordOn }: FactsOf) {
  const { table, place, keys } = factColumns(feed)
  await client.query(
    `update ${table} f set word_on = $1 from ${tables.placed} p
     where ${equal([...place, ...keys], 'f', 'p')} and f.known_until is null and f.word_on < $1
       and p.exact and p.copy_no = 1 and p.verdict = 'same'`,
    [wordOn],
  )
}

/**
 * Takes back what the corrected batch, or one it had corrected itself, delivered and this file no longer contains; what other files
 * said of the same is known again, the newest word of it. Facts about a person or household that waits for a decision in this very
 * file are left until then.
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
    `with gone as (
       update ${table} f set known_until = $1
       where f.batch_id in ${chainOf(corrects)} and f.known_until is null and f.batch_id <> $2
         and not exists (select from ${tables.placed} p
           where ${equal([...place, ...keys], 'p', 'f')} and p.exact and p.copy_no = 1)
         and not exists (select from ${tables.review} v where v.county = f.county and ${waiting})
       returning ${listed(place, 'f')}
     ), noted as (
       insert into ${touchedPlaces} select distinct ${place.join(', ')} from gone
     )
     select count(*) as n from gone`,
    [now, batchId],
  )
  const withdrawn = rows[0]?.n ?? 0
  if (withdrawn > 0) {
    await reviveEarlier(client, feed, now, corrects)
    if (feed.code === 'member') await returnHome(client, feed, now, corrects)
  }
  return withdrawn
}

/**
 * The newest word that others said of what was taken back just now. A row whose own file was corrected while the row was past was taken
 * back as well; one that was known at that time was in the correction too.
 */
async function reviveEarlier(client: pg.PoolClient, feed: FeedDefinition, now: Date, corrects: number) {
  const { table, place, keys, content, asOf } = factColumns(feed)
  const identity = [...place, ...keys]
  const kept = ['batch_id', 'row_no', ...content, 'word_on']
  const newest = [...(asOf ? [asOf] : []), 'word_on', 'known_from'].map((column) => `f.${column} desc`)
  await client.query(
    `with recursive corrected (id, by) as (
       select corrects, id from batch where corrects is not null
       union select b.corrects, c.by from corrected c join batch b on b.id = c.id where b.corrects is not null
     )
     insert into ${table} (${[...place, 'village', ...kept, 'known_from'].join(', ')})
     select distinct on (${listed(identity, 'f')}) ${listed(place, 'f')}, h.village, ${listed(kept, 'f')},
       $1::timestamptz
     from ${table} g
     join ${table} f on ${equal(identity, 'f', 'g')}
     join household h on h.county = f.county and h.id = f.household_id
     where g.known_until = $1 and g.batch_id in ${chainOf(corrects)}
       and f.known_until is not null and f.batch_id not in ${chainOf(corrects)}
       and not exists (select from corrected c join batch b on b.id = c.by
         where c.id = f.batch_id and b.merged_at >= f.known_until)
     order by ${listed(identity, 'f')}, ${newest.join(', ')}, f.row_no desc
     on conflict (${identity.join(', ')}) where known_until is null do nothing`,
    [now],
  )
}

/**
 * A membership that is taken back had ended another whose record nobody took back: that one is known again where it is the newest word
 * that is left of its number, and tells of a member. One that ended by its own record stays ended.
 */
async function returnHome(client: pg.PoolClient, feed: FeedDefinition, now: Date, corrects: number) {
  const { table, place, content } = factColumns(feed)
  const written = [...place, 'village', 'batch_id', 'row_no', ...content, 'word_on']
  await client.query(
    `with newest as (
       select distinct on (w.id_index) ${listed(place, 'k')}, k.change, k.known_from, p.left_on
       from ${table} g
       join person w on w.county = g.county and w.id = g.person_id
       -- Nobody else bears the number by now.
       join person_index i on i.id_index = w.id_index and i.person_id = w.id
       join person p on p.id_index = w.id_index
       join ${table} k on k.county = p.county and k.household_id = p.household_id and k.person_id = p.id
         and k.known_until is null
       where g.known_until = $1 and g.batch_id in ${chainOf(corrects)}
       order by w.id_index, k.word_on desc, k.known_from desc
     ), home as (
       select ${listed(place, 'n')} from newest n
       where n.left_on is not null and coalesce(n.change in ${leavingChanges}, false) is false
         and exists (select from membership_end e
           where e.county = n.county and e.person_id = n.person_id and e.known_from >= n.known_from)
     ), before as (
       update ${table} f set known_until = $1 from home h where ${equal(place, 'f', 'h')} and f.known_until is null
       returning f.*
     ), noted as (
       insert into ${touchedPlaces} select ${place.join(', ')} from home
     )
     insert into ${table} (${written.join(', ')}, known_from)
     select ${written.join(', ')}, $1::timestamptz from before`,
    [now],
  )
}

/** Updates the registry, when the file is its own, and lists the touched households; answers how many. */
export async function listTouched(
  { intake: { followSpells } }: Pick<FeedsDeps, 'intake'>,
  session: Session,
  { feed, asOf, wordOn, now: at }: Pick<FactsOf, 'feed' | 'asOf' | 'wordOn' | 'now'>,
  corrects: number | null,
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
      await applyMemberFacts(session, { asOf, wordOn, at, followSpells, corrected: chainOf(corrects) })
      await followPersons(db, at)
      // A household that a member left for another is touched as well, though no row of the file names it.
      await client.query(
        `insert into ${touchedPlaces} (county, household_id)
         select from_county, from_household from ${movedPersons.table}`,
      )
    } else {
      await fillExchange(db, statedHouseholds, sql`select distinct county, household_id from ${touched}`)
      await applyHouseholdFacts(session, { asOf, wordOn, at, followSpells })
    }
    const projections = feed.grain === 'person' ? ['household', 'person', 'person_index'] : ['household']
    await renewStatistics(client, projections, changed)
  }
  return fillExchange(db, touchedHouseholds, sql`select distinct county, household_id from ${touched}`)
}
