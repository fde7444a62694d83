import { type RawBuilder, sql } from 'kysely'
import type { VisitRhythm } from '#contract/work/plans.ts'
import { isOverdue, type RhythmStanding } from '#contract/work/standing.ts'
import type { VisitPurpose } from '#contract/work/visits.ts'
import { figuresOf, rhythmStanding } from '#server/modules/deadlines/index.ts'
import { type AreaScope, areaScope, countyOf } from '#server/modules/divisions/index.ts'
import { getParameter } from '#server/modules/policy/index.ts'
import { type StripRecord, stripColumns, stripJoins } from '#server/modules/registry/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'

export type Grade = VisitRhythm['grade']
export type DueWhen = RhythmStanding
export type DueSums = Record<DueWhen, number>

/** Until when a day's look goes. */
export interface DueDays {
  today: string
  until: string
}

/** When a household of a grade is to be looked in on. */
interface GradedRecord {
  householdId: number
  purpose: Extract<VisitPurpose, 'routine' | 'track'>
  grade: Grade
  everyDays: number
  lastOn: string | null
  /** Null where nobody was ever there: nothing says since when. */
  dueOn: string | null
}

/** A household with its rhythm, and since when it is of its present category. */
interface Graded extends GradedRecord, Pick<StripRecord, 'county' | 'village'> {
  fromOn: string | null
}

export interface DueRecord extends StripRecord, GradedRecord {
  standing: DueWhen
}

/** Days between visits by grade, in a county. */
function rhythmOf(county: number, day: string) {
  const values = figuresOf(day, county)
  const days = (key: 'visitRhythmRed' | 'visitRhythmYellow' | 'visitRhythmGreen') => getParameter(values, key)
  return sql`(values (${days('visitRhythmRed')}::int, ${days('visitRhythmYellow')}::int,
    ${days('visitRhythmGreen')}::int))
    r (red, yellow, green)`
}

/**
 * Households with their grade, the same as `gradeOf` for one, over sets. Each household is looked up in `household_clues` and in the
 * index visit_last: what was visited in all the years before costs nothing. Who was never visited has no day, and is known by the day
 * the present category began.
 */
function graded(rhythm: RawBuilder<unknown>, where: RawBuilder<unknown>) {
  return sql`
    select h.county, h.id as household_id, h.village, case h.risk when 'resolved' then 'track'
      else 'routine' end as purpose,
      g.grade, d.every_days, l.last_on, s.from_on, l.last_on + d.every_days as due_on
    from household h cross join ${rhythm}
    left join category_spell s on s.county = h.county and s.household_id = h.id and s.until_on is null
    left join household_clues k on k.county = h.county and k.household_id = h.id and k.open_clues > 0
    left join lateral (select max(v.reported_on) as last_on from visit v where v.county = h.county
      and v.household_id = h.id
      and v.reported_on is not null) l on true
    cross join lateral (select case when h.risk = 'open' then 'red' when h.risk = 'resolved'
      or k.county is not null then 'yellow'
      else 'green' end as grade) g
    cross join lateral (select case g.grade when 'red' then r.red when 'yellow' then r.yellow
      else r.green end as every_days) d
    where h.closed_on is null and (h.risk <> 'none' or h.category in ('stable', 'unstable')) and ${where}`
}

/** Every household of a county that has a rhythm, with its grade and whoever was there last: a table to select from. */
export const gradedHouseholds = (county: number, day: string) =>
  sql`(${graded(rhythmOf(county, day), sql`h.county = ${county}`)})`

/** A grantee's few households are found first; the range alone would read the whole township. */
function homesIn({ from, to, grantee }: AreaScope) {
  const range = sql`h.village between ${from}::bigint and ${to}::bigint`
  if (!grantee) return range
  return sql`${range} and (h.county, h.id) = any (select distinct a.county, a.household_id from household_access a
    where a.user_id = ${grantee} and a.from_at <= now() and (a.until is null or a.until > now()))`
}

const nobodySent = sql`not exists (select from visit w where w.county = h.county and w.household_id = h.id
  and w.state = 'planned')`

/**
 * Whom nobody was ever at, and what the rhythm requires by `until`, where nobody is assigned yet: a table to select from. Of one
 * county, the scope's.
 */
export function dueTable(scope: AreaScope, days: DueDays, also: RawBuilder<unknown> = sql`true`) {
  const where = sql`${homesIn(scope)} and ${nobodySent} and ${also}`
  return sql`(select * from (select g.*, ${rhythmStanding(sql`g`, days)} as standing
    from (${graded(rhythmOf(countyOf(scope.from), days.today), where)}) g) g where g.standing is not null)`
}

interface DueCount {
  grade: Grade
  when: DueWhen
  n: number
}

/** Who is late comes before whom nobody was ever at, those in the order in which they came to be looked in on. */
export const reddest = sql`array_position('{red,yellow,green}', x.grade), x.due_on, x.from_on, x.household_id`

/** Of a grade and a standing; without a standing whatever is due: whom nobody was ever at is a list of its own. */
export function isChosen({ grade, when }: { grade?: Grade | undefined; when?: DueWhen | undefined }) {
  const standing = when ? sql`x.standing = ${when}` : sql`x.standing <> 'never'`
  return grade ? sql`x.grade = ${grade} and ${standing}` : standing
}

/** How many there are of each standing. */
export const standingSums = sql`count(*) filter (where x.standing = 'never') as never,
  count(*) filter (where x.standing = 'overdue') as overdue, count(*) filter (where x.standing = 'week') as week`

/**
 * Visits that the rhythm of the grade requires, and that nobody is assigned to yet: the reddest and the longest due first. With
 * `grade` and `when` some of them; the counts are of all. Nothing is written.
 */
export async function listDueVisits(
  db: Db,
  scope: AreaScope,
  days: DueDays,
  filter: { grade?: Grade | undefined; when?: DueWhen | undefined; limit: number; offset: number } = {
    limit: 200,
    offset: 0,
  },
): Promise<{ counts: DueCount[]; rows: DueRecord[] }> {
  const { grade, when, limit, offset } = filter
  const due = dueTable(scope, days)
  const wanted = isChosen({ grade, when })
  const [rows, counts] = await Promise.all([
    sql<DueRecord>`
      with x as materialized (select x.* from ${due} x where ${wanted} order by ${reddest} limit ${limit}
        offset ${offset})
      select ${stripColumns}, x.household_id, x.purpose, x.grade, x.every_days, x.last_on, x.due_on, x.standing
      from x ${stripJoins}
      order by ${reddest}`.execute(db),
    sql<DueCount>`select x.grade, x.standing as "when", count(*) as n from ${due} x group by 1, 2`.execute(
      db,
    ),
  ])
  return { counts: counts.rows, rows: rows.rows }
}

/** An area inside the scope and no wider than a county; `not-found` outside it, `bad-request` for a wider one. */
export function narrowTo<S extends AreaScope>(scope: S, area: number): S {
  const { from, to } = areaScope(area)
  if (to < scope.from || from > scope.to) throw new AppError('not-found', { what: 'division' })
  const within = { ...scope, from: Math.max(scope.from, from), to: Math.min(scope.to, to) }
  if (countyOf(within.from) !== countyOf(within.to)) throw new AppError('bad-request', { area: String(area) })
  return within
}

/** How many of each standing: for a bench that has no more than a township. */
export async function countDue(db: Db, scope: AreaScope, days: DueDays): Promise<DueSums> {
  const { rows } = await sql<DueSums>`select ${standingSums} from ${dueTable(scope, days)} x`.execute(db)
  return rows[0] ?? { never: 0, overdue: 0, week: 0 }
}

/** When somebody should look in on one household; null for one without a grade. */
export async function findRhythm(
  db: Db,
  { county, householdId }: { county: number; householdId: number },
  day: string,
): Promise<VisitRhythm | null> {
  const { rows } = await sql<Graded>`
    ${graded(rhythmOf(county, day), sql`h.county = ${county} and h.id = ${householdId}`)}`.execute(db)
  const [row] = rows
  if (!row) return null
  const { grade, everyDays, lastOn, dueOn } = row
  return { grade, everyDays, lastOn, dueOn, overdue: isOverdue({ dueOn }, day) }
}
