import { sql } from 'kysely'
import type { Db } from '#server/platform/database/db.ts'
import type { Division } from './rules.ts'

export async function findDivision(db: Db, code: number): Promise<Division | undefined> {
  const { rows } = await sql<Division>`
    select code, parent_code, level, name from division where code = ${code}`.execute(db)
  return rows[0]
}

export async function listChildren(db: Db, code: number): Promise<Division[]> {
  const { rows } = await sql<Division>`
    select code, parent_code, level, name from division where parent_code = ${code} order by code`.execute(db)
  return rows
}

/** From the province down to `code`. */
export async function listPath(db: Db, code: number): Promise<Division[]> {
  const { rows } = await sql<Division>`
    with recursive up as (
      select * from division where code = ${code}
      union all
      select d.* from division d join up on d.code = up.parent_code
    )
    select code, parent_code, level, name from up order by code`.execute(db)
  return rows
}
