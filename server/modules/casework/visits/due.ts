import { sql } from 'kysely'
import type { HouseholdStrip } from '#contract/clues.ts'
import type { VisitRhythm } from '#contract/plans.ts'
import type { VisitPurpose } from '#contract/visits.ts'
import { inScope } from '#server/modules/access/index.ts'
import { type AreaScope, areaScope, countyOf } from '#server/modules/divisions/index.ts'
import { getParameter } from '#server/modules/policy/index.ts'
import type { Db } from '#server/platform/db.ts'
import { AppError } from '#server/platform/errors.ts'
import type { RequestDeps } from '#server/platform/rpc.ts'
import { figuresOf } from '../deadlines.ts'
import { type StripRecord, stripColumns, stripJoins, stripOf } from '../strip.ts'

type Grade = VisitRhythm['grade']

export interface DueVisit {
  household: HouseholdStrip
  grade: Grade
  /** routine, or track once a risk was resolved. */
  purpose: Extract<VisitPurpose, 'routine' | 'track'>
  lastOn: string | null
  dueOn: string
}

interface DueRecord extends StripRecord {
  householdId: number
  risk: string
  grade: Grade
  everyDays: number
  lastOn: string | null
  dueOn: string
}

/** Days between visits by grade, county by county. */
async function rhythmsOf(db: Db, { from, to }: AreaScope, day: string) {
  const { rows } = await sql<{ county: number }>`
    select (code / 1000000)::int as county from division where level = 'county'
      and code between ${from}::bigint / 1000000 * 1000000 and ${to}::bigint order by code`.execute(db)
  const values = rows.map(({ county }) => figuresOf(day, county))
  const days = (key: 'visitRhythmRed' | 'visitRhythmYellow' | 'visitRhythmGreen') =>
    values.map((one) => getParameter(one, key))
  return sql`unnest(${rows.map(({ county }) => county)}::int[], ${days('visitRhythmRed')}::int[],
    ${days('visitRhythmYellow')}::int[], ${days('visitRhythmGreen')}::int[]) r (county, red, yellow, green)`
}

/**
 * Households with their grade, the same as `gradeOf` tells of one, over sets. Who was never visited counts from the day the present
 * category began.
 */
function graded(rhythms: Awaited<ReturnType<typeof rhythmsOf>>, where: ReturnType<typeof sql>) {
  return sql`
    with home as materialized (
      select h.county, h.id as household_id, h.risk, s.from_on as since
      from household h
      left join category_spell s on s.county = h.county and s.household_id = h.id and s.until_on is null
      where h.closed_on is null and (h.risk <> 'none' or h.category in ('stable', 'unstable')) and ${where}
    ), last as materialized (
      select w.county, w.household_id, max(v.reported_at)::date as last_on
      from home join visit w using (county, household_id)
      join visit_report v on v.county = w.county and v.visit_id = w.id and not v.superseded
      where w.state in ('reported', 'settled') group by w.county, w.household_id
    ), worried as materialized (
      select distinct c.county, c.household_id from home join clue c using (county, household_id) where c.closed_on is null
    )
    select x.county, x.household_id, x.risk, x.grade, x.last_on, d.every_days,
      coalesce(x.last_on, x.since) + d.every_days as due_on
    from (
      select h.county, h.household_id, h.risk, l.last_on, h.since, r.red, r.yellow, r.green,
        case when h.risk = 'open' then 'red'
          when h.risk = 'resolved' or c.county is not null then 'yellow' else 'green' end as grade
      from home h join ${rhythms} on r.county = h.county
      left join last l on l.county = h.county and l.household_id = h.household_id
      left join worried c on c.county = h.county and c.household_id = h.household_id
    ) x
    cross join lateral (select case x.grade when 'red' then x.red when 'yellow' then x.yellow else x.green end as every_days) d`
}

/**
 * Visits that the rhythm of the grade asks for by a day, and that nobody has been sent on yet: the reddest and the longest due
 * first. With `page` some of them; the counts are of all. Nothing is written: whoever plans the visit decides who goes. A county of
 * 60,000 households takes 1 s, a township 0.15 s.
 */
export async function listDueVisits(
  db: Db,
  scope: AreaScope,
  day: string,
  { grade, limit, offset }: { grade?: Grade | undefined; limit: number; offset: number } = {
    limit: 200,
    offset: 0,
  },
): Promise<{ total: number; counts: Record<Grade, number>; rows: DueVisit[] }> {
  const inside = inScope(scope, { village: 'h.village', county: 'h.county', household: 'h.id' })
  const nobodySent = sql`not exists (select from visit w where w.county = h.county and w.household_id = h.id
    and w.state = 'planned')`
  const due = sql`select * from (${graded(await rhythmsOf(db, scope, day), sql`${inside} and ${nobodySent}`)}) x
    where x.due_on <= ${day}::date`
  const [rows, counts] = await Promise.all([
    sql<DueRecord>`
      with x as materialized (${due} ${grade ? sql`and x.grade = ${grade}` : sql``} order by array_position('{red,yellow,green}', x.grade), x.due_on, x.household_id
        limit ${limit} offset ${offset})
      select ${stripColumns}, x.household_id, x.risk, x.grade, x.every_days, x.last_on, x.due_on from x ${stripJoins}
      order by array_position('{red,yellow,green}', x.grade), x.due_on, x.household_id`.execute(db),
    sql<{ grade: Grade; n: number }>`select grade, count(*) as n from (${due}) x group by grade`.execute(db),
  ])
  const of = (grade: Grade) => counts.rows.find((one) => one.grade === grade)?.n ?? 0
  const byGrade = { red: of('red'), yellow: of('yellow'), green: of('green') }
  return {
    total: grade ? byGrade[grade] : byGrade.red + byGrade.yellow + byGrade.green,
    counts: byGrade,
    rows: rows.rows.map((row) => ({
      household: stripOf(row),
      grade: row.grade,
      purpose: row.risk === 'resolved' ? 'track' : 'routine',
      lastOn: row.lastOn,
      dueOn: row.dueOn,
    })),
  }
}

/** The same of an area inside the scope and no wider than a county; `not-found` outside it, `bad-request` for a wider one. */
export async function readDueVisits(
  { database: { db }, clock }: Pick<RequestDeps, 'database' | 'clock'>,
  scope: AreaScope,
  { area, grade }: { area: number; grade?: Grade | undefined },
  page: { limit: number; offset: number },
) {
  const { from, to } = areaScope(area)
  if (to < scope.from || from > scope.to) throw new AppError('not-found', { what: 'division' })
  const within = { ...scope, from: Math.max(scope.from, from), to: Math.min(scope.to, to) }
  if (countyOf(within.from) !== countyOf(within.to)) throw new AppError('bad-request', { area: String(area) })
  const on = clock.today()
  return { on, ...(await listDueVisits(db, within, on, { grade, ...page })) }
}

/** When somebody should look in on one household; null for one without a grade. */
export async function findRhythm(
  db: Db,
  { county, householdId, village }: { county: number; householdId: number; village: number },
  day: string,
): Promise<VisitRhythm | null> {
  const rhythms = await rhythmsOf(db, { from: village, to: village }, day)
  const { rows } = await sql<DueRecord>`
    ${graded(rhythms, sql`h.county = ${county} and h.id = ${householdId}`)}`.execute(db)
  const [row] = rows
  if (!row) return null
  const { grade, everyDays, lastOn, dueOn } = row
  return { grade, everyDays, lastOn, dueOn, overdue: dueOn < day }
}
