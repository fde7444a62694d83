import type pg from 'pg'
import type { Clock } from '#server/platform/clock.ts'
import type { Session } from '#server/platform/database/db.ts'
import type { FeedsDeps } from '../deps.ts'
import type { Intake } from './intake.ts'
import { markIssues } from './rows/issues.ts'
import {
  addUpMembers,
  type LeftCounts,
  listDoubts,
  listUncertain,
  type MemberAmounts,
  rankLeft,
  refuseSharedNumbers,
  refuseStrangers,
  sourceOf,
} from './rows/match-rows.ts'
import { addRows, type FactsOf, openTouched, type Source } from './rows/place-rows.ts'
import { createTables, type IntakeTables, isRegistryFeed } from './tables.ts'

/** One batch at a time is merged: two would not see each other's facts when they judge the same household. */
export const mergeLock = 71003

/** What became of the rows, as far as matching knows. */
export interface MatchCounts {
  exact: number
  idOnly: number
  nameBirth: number
  unmatched: number
  duplicates: number
  /** Sent back: they contradict the file, or name a place or household that does not exist. */
  refused: number
  added: number
  changed: number
  same: number
  /** Older than what is known. */
  late: number
  /** Amounts of members that became part of their household's. */
  parts: number
}

/** The transaction that merges a batch. It begins with the first chunk, so that a small file blocks others but briefly. */
export interface MergeSession {
  /** Begun already or not. */
  begin(): Promise<FactsOf>
  /** Finds the rows' places as files of the feed do, or as the caller already knows them. */
  take(stage: string, places?: Source): Promise<void>
  /** After the last chunk. */
  count(): Promise<MatchCounts>
}

export function openMerge(
  session: Session,
  tables: IntakeTables,
  intake: Intake,
  { clock, intake: { moveHouseholds: move } }: Pick<FeedsDeps, 'clock' | 'intake'>,
  { isBegun = false }: { isBegun?: boolean } = {},
): MergeSession {
  const { client } = session
  let begun: FactsOf | undefined
  let added = 0
  let unknown = 0
  const amounts: MemberAmounts = { parts: 0, refused: 0 }
  /** A file without a sound row matches none. */
  let isMatched = false

  async function begin(): Promise<FactsOf> {
    if (begun) return begun
    if (!isBegun) await beginMerge(client)
    await createTables(client, tables, intake.feed)
    await openTouched(client, intake.feed)
    // Taken only now that no other batch is merging: what becomes known later bears a later time.
    const { id: batchId, feed, asOf, wordOn } = intake
    begun = { batchId, feed, asOf, wordOn, now: await knownFrom(client, clock) }
    return begun
  }
  return {
    begin,
    async take(stage, places) {
      const facts = await begin()
      // A session begun by the caller takes what somebody decided.
      const register = { at: facts.now, move, decided: isBegun }
      isMatched = true
      await markIssues(client, stage, intake.feed)
      if (!places) {
        const { parts, refused } = await addUpMembers(client, stage, tables, intake)
        amounts.parts += parts
        amounts.refused += refused + (await refuseSharedNumbers(client, stage, tables, intake.feed))
      }
      const done = await addRows(
        client,
        tables,
        facts,
        places ?? (await sourceOf(session, stage, intake, register)),
      )
      added += done.added
      unknown += done.staged - done.placed
    },
    async count() {
      await begin()
      const left = await rankLeft(client, tables, intake)
      const { changed, same, late } = left
      return { ...(await closeCounts(left)), added, changed, same, late, parts: amounts.parts }
    },
  }

  async function closeCounts(left: LeftCounts) {
    const { duplicates, conflicts } = left
    const exact = added + left.exact + amounts.parts
    if (isRegistryFeed(intake.feed)) {
      const strangers = unknown > 0 ? await refuseStrangers(client, tables, intake.feed) : 0
      if (isMatched) await listDoubts(client, tables, intake)
      return {
        exact,
        idOnly: left.idOnly,
        nameBirth: 0,
        unmatched: 0,
        duplicates,
        refused: conflicts + strangers,
      }
    }
    const { nameBirth } = await listUncertain(client, tables, intake)
    return {
      exact,
      idOnly: left.idOnly,
      nameBirth,
      unmatched: unknown - nameBirth,
      duplicates,
      refused: conflicts + amounts.refused,
    }
  }
}

/** Now, or just after what was known last: a file of a past day is known late, and takes the place of nothing before it came. */
async function knownFrom(client: pg.PoolClient, clock: Clock): Promise<Date> {
  const now = clock.now()
  const { rows } = await client.query<{ at: string }>(
    `select greatest($1::timestamptz, (select max(merged_at) + interval '1 millisecond' from batch)) as at`,
    [now],
  )
  return rows[0] ? new Date(rows[0].at) : now
}

/** Settings for this transaction only: its sorts and hashes are few and large, and no other merge runs at the same time. */
export async function beginMerge(client: pg.PoolClient) {
  await client.query('begin')
  await client.query('select pg_advisory_xact_lock($1)', [mergeLock])
  await client.query("set local work_mem = '128MB'")
}
