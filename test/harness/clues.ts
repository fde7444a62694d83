import { sql } from 'kysely'
import type { Cause, RiskLevel } from '#contract/common.ts'
import type { ClueState } from '#contract/work/clues.ts'
import { openClues } from '#server/modules/clues/writing/clue-writer.ts'
import { type Database, type Db, inTransaction } from '#server/platform/database/db.ts'
import { insertHousehold } from '#test/harness/facts.ts'

/** A clue put straight into its table, for tests of who sees what. */
export interface TestClue {
  household: number
  village: number
  cause: Cause
  level: RiskLevel
  rules: string[]
  state: ClueState
  openedOn: string
  dueOn: string | null
  clearedOn: string | null
}

export async function listVillages(
  db: Db,
  counties: readonly number[],
  perCounty: number,
): Promise<number[]> {
  const { rows } = await sql<{ code: number }>`
    select code from (
      select code, row_number() over (partition by code / 1000000 order by code % 1000, code) as n from division
      where level = 'village' and code / 1000000 = any(${[...counties]}::int[])
    ) v where n <= ${perCounty} order by code`.execute(db)
  return rows.map(({ code }) => code)
}

export async function insertClues(db: Db, clues: readonly TestClue[]) {
  for (const { household, village } of new Map(clues.map((clue) => [clue.household, clue])).values())
    await insertHousehold(db, Math.floor(village / 1e6), household, { village })
  await sql`
    insert into clue (county, household_id, village, cause, level, signal_level, rules, signals, strongest_signal, why,
      state,
      opened_on, last_signal_on, assignee, due_on, closed_on)
    select village / 1000000, household, village, cause, level, level, rules, 1, 0, '{"zh": "测试", "en": "test"}', state,
      "openedOn", "openedOn", case state when 'dispatched' then village end, "dueOn", "clearedOn"
    from jsonb_to_recordset(${JSON.stringify(clues)}::jsonb) x (household bigint, village bigint, cause text,
      level text,
      rules text[], state text, "openedOn" date, "dueOn" date, "clearedOn" date)`.execute(db)
  await sql`analyze clue`.execute(db)
}

/** A clue as a rule opens it, unless one of its cause is open; counted like any other. */
export const openTestClue = (
  database: Database,
  { county, id, village }: { county: number; id: number; village: number },
  cause: Cause,
  day: string,
) =>
  inTransaction(database, ({ db }) =>
    openClues(db, {
      values: {
        ...{
          county: sql`${county}`,
          householdId: sql`${id}`,
          village: sql`${village}`,
          cause: sql`${cause}`,
        },
        ...{ level: sql`'orange'`, signalLevel: sql`'orange'`, rules: sql`'{R01}'`, signals: sql`1` },
        ...{ strongestSignal: sql`0`, why: sql`'{"zh": "测试", "en": "test"}'`, state: sql`'new'` },
        ...{ openedOn: sql`${day}::date`, lastSignalOn: sql`${day}::date` },
      },
      from: sql`(values (1)) one where not exists (
        select from clue c where c.county = ${county} and c.household_id = ${id} and c.cause = ${cause}
          and c.closed_on is null)`,
      event: {
        kind: sql`'opened'`,
        at: new Date(`${day}T02:00:00Z`),
        details: sql`'{"level": "orange", "rules": "R01"}'::jsonb`,
      },
    }),
  )
