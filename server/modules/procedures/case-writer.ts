import { sql } from 'kysely'
import type { Db } from '#server/platform/database/db.ts'
import { type ColumnValues, rowOf, settingOf } from '#server/platform/database/values.ts'

/** Columns of a case that its writer sets. */
type CaseColumn =
  | 'county'
  | 'householdId'
  | 'village'
  | 'kind'
  | 'state'
  | 'step'
  | 'causes'
  | 'category'
  | 'way'
  | 'openedOn'
  | 'dueOn'
  | 'totalDueOn'
  | 'greenChannel'
  | 'pausedOn'
  | 'visitId'
  | 'comparedAt'
  | 'publicityFrom'
  | 'publicityUntil'
  | 'publicityPlace'
  | 'pack'
  | 'closedOn'

/** This file alone writes cases; what happened to one stands in its entries. */
export async function changeCaseFile(
  db: Db,
  { county, id }: { county: number; id: string },
  values: ColumnValues<CaseColumn>,
): Promise<void> {
  await sql`update case_file set ${settingOf(values)} where county = ${county} and id = ${id}::uuid`.execute(
    db,
  )
}

/** Answers its id. */
export async function openCaseFile(db: Db, values: ColumnValues<CaseColumn>): Promise<string> {
  const { rows } = await sql<{ id: string }>`insert into case_file ${rowOf(values)} returning id`.execute(db)
  return rows[0]?.id ?? ''
}
