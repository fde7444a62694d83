import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import type { Database } from '#server/platform/database/db.ts'

const file = path.resolve(import.meta.dirname, '../../../data/anhui-divisions.csv')

/** Loads the 20,155 divisions once; a database that has them is left alone. */
export async function loadDivisions(database: Database): Promise<void> {
  const found = await sql`select 1 from division limit 1`.execute(database.db)
  if (found.rows.length > 0) return
  const rows = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(','))
  await sql`
    insert into division (code, parent_code, level, name)
    select * from unnest(
      ${rows.map((row) => row[0])}::bigint[], ${rows.map((row) => row[1] || null)}::bigint[],
      ${rows.map((row) => row[2])}::text[], ${rows.map((row) => row[3])}::text[])
    on conflict do nothing`.execute(database.db)
  // Without statistics the first household file is joined row by row: 32 s instead of 0.4 s for 20,000 rows.
  await sql`analyze division`.execute(database.db)
}
