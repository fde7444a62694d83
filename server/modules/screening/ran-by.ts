import { sql } from 'kysely'
import type { Db } from '#server/platform/database/db.ts'

/** Whether anything was judged on or before a day. */
export async function ranBy(db: Db, day: string): Promise<boolean> {
  const { rows } = await sql`select from screening_run where as_of <= ${day}::date limit 1`.execute(db)
  return rows.length > 0
}
