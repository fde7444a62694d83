import { sql } from 'kysely'
import type { Db } from '#server/platform/database/db.ts'
import { columnsOf, openExchange, rowsOf } from '#server/platform/row-exchange.ts'
import { changedSignals } from '../exchanges.ts'
import { clearLapsed, type JudgedRules } from './lapsed.ts'

export interface SignalChanges {
  raised: number
  changed: number
  cleared: number
}

/**
 * Turns `screening_hit` into signals for the `screenedHouseholds`: new ones are raised, changed figures noted,
 * the same left alone; what is no longer true is cleared, what cannot be judged stays for as long as the policy keeps it. Leaves `changedSignals`.
 */
export async function applyHits(db: Db, judged: JudgedRules): Promise<SignalChanges> {
  const { run, asOf } = judged
  await openExchange(db, changedSignals)
  await updateChanged(db, run, asOf)
  await hearAgain(db)
  await raiseNew(db, run, asOf)
  await clearLapsed(db, judged)
  await sql`analyze ${changed}`.execute(db)
  const { rows } = await sql<{ change: keyof SignalChanges; n: number }>`
    select change, count(*) as n from ${changed} group by change`.execute(db)
  const counts = Object.fromEntries(rows.map(({ change, n }) => [change, n]))
  return { raised: counts.raised ?? 0, changed: counts.changed ?? 0, cleared: counts.cleared ?? 0 }
}

const changed = rowsOf(changedSignals)

const margin = sql`case when h.proportional and h.threshold <> 0
  then least(greatest(round(h.measured::numeric / h.threshold, 4), -99999999), 99999999) end`

async function updateChanged(db: Db, run: number, asOf: string) {
  await sql`
    with changed as (
      update signal s set rule_version = h.rule_version, level = h.level, case_no = h.case_no, figures = h.figures,
        measured = h.measured, threshold = h.threshold, margin = ${margin}, changed_on = ${asOf}::date,
        last_run = ${run}
      from screening_hit h
      where s.county = h.county and s.household_id = h.household_id and s.rule = h.rule and s.cause = h.cause
        and s.cleared_on is null
        and (s.rule_version, s.level, s.case_no, s.measured, s.threshold, s.figures)
          is distinct from (h.rule_version, h.level, h.case_no, h.measured, h.threshold, h.figures)
      returning s.county, s.id, s.household_id, s.rule, s.cause, s.level, s.measured
    )
    insert into ${changed} (${columnsOf(changedSignals)})
    select changed.*, 'changed' from changed`.execute(db)
}

/** What can be judged again is not silent any more. */
async function hearAgain(db: Db) {
  await sql`
    update signal s set silent_since = null from screening_hit h
    where s.county = h.county and s.household_id = h.household_id and s.rule = h.rule and s.cause = h.cause
      and s.cleared_on is null and s.silent_since is not null`.execute(db)
}

async function raiseNew(db: Db, run: number, asOf: string) {
  await sql`
    with raised as (
      insert into signal (county, household_id, village, rule, rule_version, cause, level, case_no, figures, measured,
        threshold,
        margin, opened_on, changed_on, first_run, last_run)
      select h.county, h.household_id, i.village, h.rule, h.rule_version, h.cause, h.level, h.case_no, h.figures,
        h.measured,
        h.threshold, ${margin}, ${asOf}::date, ${asOf}::date, ${run}, ${run}
      from screening_hit h join indicator i on i.county = h.county and i.household_id = h.household_id
      where not exists (select from signal s where s.county = h.county and s.household_id = h.household_id
        and s.rule = h.rule and s.cause = h.cause and s.cleared_on is null)
      order by h.county, h.household_id, h.rule
      returning county, id, household_id, rule, cause, level, measured
    )
    insert into ${changed} (${columnsOf(changedSignals)})
    select raised.*, 'raised' from raised`.execute(db)
}
