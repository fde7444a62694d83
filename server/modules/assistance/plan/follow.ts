import { sql } from 'kysely'
import { addDays, addMonths } from '#contract/days.ts'
import { figuresOf } from '#server/modules/deadlines/index.ts'
import { getParameter } from '#server/modules/policy/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { changePlans, openPlans } from './plan-writer.ts'

/** A case may run whose plan began before its papers: the green channel. */
const identified = sql`exists (select from case_file f where f.county = h.county and f.household_id = h.id
  and f.kind = 'identification' and f.state = 'running' and f.green_channel)`

/**
 * Plans follow the households: whoever is monitored has one, also where only the register marks it; whoever is monitored no longer
 * has none that is open; and a plan lies in the village of its household. Inside the caller's transaction.
 */
export async function followPlans(db: Db, today: string): Promise<{ opened: number; closed: number }> {
  await changePlans(db, { village: sql`h.village` }, sql`x.closed_on is null and x.village <> h.village`)
  const closed = await changePlans(
    db,
    { closedOn: today },
    sql`x.closed_on is null and (h.closed_on is not null or h.risk <> 'open' and not ${identified})`,
  )
  const { rows: counties } = await sql<{ county: number }>`
    select distinct h.county from household h where ${missing}`.execute(db)
  const limits = counties.map(({ county }) => {
    const values = figuresOf(today, county)
    return {
      plan: addDays(today, getParameter(values, 'planLimit')),
      first: addMonths(today, getParameter(values, 'firstMeasureMonths')),
    }
  })
  const opened = await openPlans(
    db,
    sql`
    select h.county, h.id, h.village, s.case_id, coalesce(nullif(s.causes, '{}'), c.causes, '{}'), ${today}::date,
      l.due_on, l.first_on
    from household h
    join unnest(${counties.map(({ county }) => county)}::int[], ${limits.map(({ plan }) => plan)}::date[],
      ${limits.map(({ first }) => first)}::date[]) l (county, due_on, first_on) on l.county = h.county
    left join category_spell s on s.county = h.county and s.household_id = h.id and s.until_on is null
    left join lateral (
      select array_agg(c.cause order by c.level_rank, c.cause) as causes from (
        select cause, min(level_rank) as level_rank from clue
        where county = h.county and household_id = h.id and (closed_on is null or state = 'confirmed') group by cause) c
    ) c on true
    where ${missing}`,
  )
  return { opened, closed }
}

const missing = sql`h.risk = 'open' and h.closed_on is null and not exists (
  select from plan x where x.county = h.county and x.household_id = h.id and x.closed_on is null)`
