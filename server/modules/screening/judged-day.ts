import { sql } from 'kysely'
import type { Db } from '#server/platform/database/db.ts'

/** Two screenings at once would raise the same signal twice. */
export async function screenAlone(db: Db) {
  await sql`select pg_advisory_xact_lock(71002)`.execute(db)
}

/**
 * The day to judge on when asked to judge a day: never before the newest that was judged. What comes late is known late; judging the
 * past anew would undo what is known by now. Waits for a screening that runs.
 */
export async function judgedDay(db: Db, day: string): Promise<string> {
  await screenAlone(db)
  const { rows } = await sql<{ day: string }>`
    select greatest(max(as_of), ${day}::date) as day from screening_run`.execute(db)
  return rows[0]?.day ?? day
}
