import { sql } from 'kysely'
import type { Cause, RiskLevel } from '#contract/common.ts'
import { type ClueChanges, mergeSignals } from '#server/modules/clues/arrivals/merge-signals.ts'
import type { PolicyPack } from '#server/modules/policy/index.ts'
import { changedSignals, packOn, screenedHouseholds } from '#server/modules/screening/index.ts'
import { clockAt } from '#server/platform/clock.ts'
import { type Database, inTransaction } from '#server/platform/database/db.ts'
import { fillExchange } from '#server/platform/row-exchange.ts'

/** A signal as a screening would leave it, for tests of what becomes of signals. */
export interface SignalChange {
  household: number
  rule: string
  cause: Cause
  level: RiskLevel
  caseNo?: number
  measured?: number
  margin?: number
  change?: 'raised' | 'changed' | 'cleared'
}

export const testCounty = 341_221

/** Writes the signals and their changes like a screening of that day, and merges them. */
export function mergeChanges(
  database: Database,
  asOf: string,
  changes: readonly (SignalChange & { county?: number })[],
  policy: PolicyPack = packOn(asOf),
): Promise<ClueChanges> {
  return inTransaction(database, async (session) => {
    const { db } = session
    const rows = JSON.stringify(
      changes.map((one) => ({
        county: testCounty,
        caseNo: 1,
        measured: 620_000,
        margin: 1.24,
        change: 'raised',
        ...one,
      })),
    )
    const stated = sql`jsonb_to_recordset(${rows}::jsonb) x (county int, household bigint, rule text, cause text,
      level text,
      "caseNo" smallint, measured bigint, margin numeric, change text)`
    await fillExchange(db, screenedHouseholds, sql`select distinct county, household from ${stated}`)
    const { rows: runs } = await sql<{ id: number }>`
      insert into screening_run (started_at, as_of, kind, feeds, pack, households, hits, raised, changed, cleared,
        milliseconds)
      values (now(), ${asOf}::date, 'batch', '{}', 'anhui-2020', 0, 0, 0, 0, 0, 0) returning id`.execute(db)
    const run = runs[0]?.id ?? 0
    await sql`
      insert into signal (county, household_id, village, rule, rule_version, cause, level, case_no, figures, measured,
        threshold,
        margin, opened_on, changed_on, first_run, last_run)
      select county, household, (select h.village from household h where h.county = x.county and h.id = x.household),
        rule, 1, cause, level, "caseNo", jsonb_build_object('measured', measured), measured, 500000, margin, ${asOf},
        ${asOf}, ${run}, ${run}
      from ${stated} where change = 'raised'`.execute(db)
    await sql`
      update signal s set level = x.level, case_no = x."caseNo", measured = x.measured, margin = x.margin,
        figures = jsonb_build_object('measured', x.measured),
        changed_on = ${asOf}, cleared_on = case x.change when 'cleared' then ${asOf}::date end
      from ${stated}
      where s.county = x.county and s.household_id = x.household and s.rule = x.rule and s.cause = x.cause
        and s.cleared_on is null and x.change <> 'raised'`.execute(db)
    await fillExchange(
      db,
      changedSignals,
      sql`select x.county, s.id, x.household, x.rule, x.cause, x.level, x.measured, x.change
      from ${stated} join lateral (
        select id from signal s where s.county = x.county and s.household_id = x.household and s.rule = x.rule
          and s.cause = x.cause order by id desc limit 1) s on true`,
    )
    return mergeSignals({ policy, clock: clockAt(asOf) }, session, asOf)
  })
}

export const hospital = { rule: 'R01', cause: 'illness', level: 'orange' } as const satisfies Omit<
  SignalChange,
  'household'
>
export const uninsured = {
  ...{ rule: 'R05', cause: 'illness', level: 'red' },
  ...{ measured: 1, margin: 1 },
} as const satisfies Omit<SignalChange, 'household'>
export const mildDisability = {
  ...{ rule: 'R13', cause: 'disability', level: 'yellow', caseNo: 2 },
  ...{ measured: 1, margin: 1 },
} as const satisfies Omit<SignalChange, 'household'>
export const lowIncome = {
  ...{ rule: 'R22', cause: 'other', level: 'yellow', caseNo: 2 },
  ...{ measured: 550_000, margin: 0.9 },
} as const satisfies Omit<SignalChange, 'household'>
