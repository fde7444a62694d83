import { type RawBuilder, sql } from 'kysely'
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

/** Ends running cases as a set, by the platform: `which` selects county, id, the step they stand at and the details of the entry. */
export async function dropCases(
  db: Db,
  which: RawBuilder<unknown>,
  { on, at }: { on: string; at: Date },
): Promise<void> {
  await sql`
    with dropped as (
      update case_file f set state = 'dropped', step = null, due_on = null,
        closed_on = greatest(${on}::date, f.opened_on)
      from (${which}) x where f.county = x.county and f.id = x.id
      returning f.county, f.household_id, f.village, f.id, x.step, x.details
    )
    insert into case_entry (county, household_id, village, case_id, step, result, at, by_user, details)
    select county, household_id, village, id, step, 'dropped', ${at}, null, details from dropped`.execute(db)
}
