import { sql } from 'kysely'
import { addDays, monthsBetween } from '#contract/days.ts'
import { figuresOf } from '#server/modules/deadlines/index.ts'
import { getParameter } from '#server/modules/policy/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import type { ResolutionFacts } from './rules.ts'

interface Row {
  monitoredSince: string | null
  netIncomePerHeadFen: number | null
  uninsured: number | null
  dropouts: number | null
  dwellingGrade: number | null
  waterSafe: boolean | null
  labour: number | null
  seenGood: string[] | null
  seenProblems: number | null
  members: number
  metAnybody: boolean | null
  visited: boolean
  measures: number
  unfinished: number
  openClues: number
}

/** Everything the guards of a resolution look at, in one query; water is safe when quality, quantity and distance all are. */
export async function readResolutionFacts(
  db: Db,
  { county, householdId }: { county: number; householdId: number },
  today: string,
): Promise<ResolutionFacts> {
  const values = figuresOf(today, county)
  const since = addDays(today, -getParameter(values, 'visitRhythmRed'))
  const { rows } = await sql<Row>`
    select
      -- Causes added or a move begin a new spell of the same risk: the months run from the first of them.
      (select min(s.from_on) from category_spell s where s.county = h.county and s.household_id = h.id
        and s.risk = 'open'
        and s.from_on >= coalesce((select max(q.from_on) from category_spell q where q.county = h.county
          and q.household_id = h.id
          and q.risk <> 'open' and q.until_on > q.from_on), '-infinity')) as monitored_since,
      i.net_income_per_head_fen, i.uninsured_members as uninsured, i.dropout_members as dropouts, i.dwelling_grade,
      i.labour_members as labour,
      case
        when i.water_quality_failed or i.water_cut_days_year > ${values.get('waterCutDaysYear') ?? null}::integer
          then false
        when i.water_quality_failed is null then null
        else true
      end as water_safe,
      w.good as seen_good, w.problems as seen_problems, w.met_person is not null as met_anybody,
      w.visit_id is not null as visited,
      (select count(*) from person p where p.county = h.county and p.household_id = h.id
        and p.left_on is null) as members,
      (select count(*) from measure m join plan p on p.county = m.county and p.id = m.plan_id
        where p.county = h.county and p.household_id = h.id and p.closed_on is null
          and m.state <> 'cancelled') as measures,
      (select count(*) from measure m join plan p on p.county = m.county and p.id = m.plan_id
        where p.county = h.county and p.household_id = h.id and p.closed_on is null
          and m.state = 'planned') as unfinished,
      (select count(*) from clue c where c.county = h.county and c.household_id = h.id
        and c.closed_on is null) as open_clues
    from household h
    left join indicator i on i.county = h.county and i.household_id = h.id
    left join lateral (
      select r.visit_id, r.met_person, (select count(*) from visit_item v
        where v.county = r.county and v.report = r.report and v.result = 'problem') as problems,
          (select array_agg(v.item) from visit_item v
        where v.county = r.county and v.report = r.report and v.result <> 'problem') as good
      from visit_report r join visit w on w.county = r.county and w.id = r.visit_id
      where w.county = h.county and w.household_id = h.id and w.state in ('reported', 'decided') and not r.superseded
        and r.reported_at >= ${since}::date
      order by r.reported_at desc limit 1
    ) w on true
    where h.county = ${county} and h.id = ${householdId}`.execute(db)
  const [row] = rows
  if (!row) throw new Error('the household is missing')
  return {
    monthsSince: row.monitoredSince === null ? null : monthsBetween(row.monitoredSince, today),
    monthsNeeded: getParameter(values, 'resolutionMonths'),
    netIncomePerHeadFen: row.netIncomePerHeadFen,
    lineFen: values.get('monitoringLine') ?? null,
    uninsured: row.uninsured,
    dropouts: row.dropouts,
    dwellingGrade: row.dwellingGrade,
    waterSafe: row.waterSafe,
    seenGood: new Set(row.seenGood ?? []),
    seenProblems: row.seenProblems ?? 0,
    members: row.members,
    metAnybody: row.metAnybody ?? false,
    visited: row.visited,
    measures: row.measures,
    unfinished: row.unfinished,
    openClues: row.openClues,
    labourless: row.labour === 0,
  }
}
