import { type RawBuilder, sql } from 'kysely'
import type { ManagementGrade, RiskStatus } from '#contract/registry/categories.ts'
import { type AreaScope, countyOf, coversWholeCounties } from '#server/modules/divisions/index.ts'
import type { Db } from '#server/platform/database/db.ts'

/** Lifted out of poverty: those whom the grades are for, beside everybody monitored. As `clue_spans_of` in the database has it. */
const lifted = ['stable', 'unstable']

const troubledOn = (day: string) =>
  sql`k.lifted and k.from_on <= ${day}::date and (k.until_on is null or k.until_on > ${day}::date)`

/**
 * Conditions on `category_spell s`, of those in force on a day, for a management grade: red is monitored; yellow is tracked after
 * its risk is gone, or lifted with an open clue; green the others lifted. Households without regular follow-up have none.
 */
export function inGrade(grade: ManagementGrade, day: string): RawBuilder<unknown> {
  const troubled = sql`exists (
    select from clue_span k where k.county = s.county and k.household_id = s.household_id and ${troubledOn(day)})`
  const spared = sql`s.risk = 'none' and s.category = any(${lifted}::text[])`
  if (grade === 'red') return sql`s.risk = 'open'`
  if (grade === 'yellow') return sql`(s.risk = 'resolved' or ${spared} and ${troubled})`
  return sql`${spared} and not ${troubled}`
}

interface Stock {
  category: string
  risk: RiskStatus
  households: number
}

/** Households of each grade at the end of a day, from its stock of categories and the few that an open clue makes yellow. */
export async function countGrades(
  db: Db,
  area: AreaScope,
  stock: readonly Stock[],
  day: string,
): Promise<Record<ManagementGrade, number>> {
  const { from, to } = area
  const { rows } = coversWholeCounties(area)
    ? await sql<{ n: number }>`
      select coalesce(sum(households), 0)::int as n from clue_span_tally
      where county between ${countyOf(from)} and ${countyOf(to)} and lifted and day <= ${day}::date`.execute(
        db,
      )
    : await sql<{ n: number }>`
      select count(*)::int as n from clue_span k
      where k.village between ${from}::bigint and ${to}::bigint and ${troubledOn(day)}`.execute(db)
  const troubled = rows[0]?.n ?? 0
  const of = (fits: (one: Stock) => boolean) =>
    stock.filter(fits).reduce((sum, { households }) => sum + households, 0)
  return {
    red: of(({ risk }) => risk === 'open'),
    yellow: of(({ risk }) => risk === 'resolved') + troubled,
    green: of(({ risk, category }) => risk === 'none' && lifted.includes(category)) - troubled,
  }
}
