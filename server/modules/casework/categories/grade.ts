import { sql } from 'kysely'
import type { ManagementGrade, RiskStatus } from '#contract/categories.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import type { Db } from '#server/platform/db.ts'

/** Lifted out of poverty: those whom the grades are for, beside everybody monitored. */
const lifted = ['stable', 'unstable']

/**
 * Management grade of `household h`: red is monitored; yellow is tracked after its risk is gone, or lifted with an open clue; green
 * the others lifted. Null for whom nobody looks after regularly.
 */
export const gradeOf = sql<ManagementGrade | null>`
  case
    when h.risk = 'open' then 'red'
    when h.risk = 'resolved' then 'yellow'
    when h.category = any(${lifted}::text[]) then
      case when exists (select from clue c where c.county = h.county and c.household_id = h.id and c.closed_on is null)
        then 'yellow' else 'green' end
  end`

interface Stock {
  category: string
  risk: RiskStatus
  households: number
}

/** Households of each grade today, from the stock of categories and the few that an open clue makes yellow. */
export async function countGrades(
  db: Db,
  { from, to }: AreaScope,
  stock: readonly Stock[],
): Promise<Record<ManagementGrade, number>> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from household_clues k join household h on h.county = k.county and h.id = k.household_id
    where k.open_clues > 0 and k.village between ${from}::bigint and ${to}::bigint
      and h.risk = 'none' and h.category = any(${lifted}::text[]) and h.closed_on is null`.execute(db)
  const troubled = rows[0]?.n ?? 0
  const of = (fits: (one: Stock) => boolean) =>
    stock.filter(fits).reduce((sum, { households }) => sum + households, 0)
  return {
    red: of(({ risk }) => risk === 'open'),
    yellow: of(({ risk }) => risk === 'resolved') + troubled,
    green: of(({ risk, category }) => risk === 'none' && lifted.includes(category)) - troubled,
  }
}
