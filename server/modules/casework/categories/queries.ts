import { sql } from 'kysely'
import type { RiskStatus, SpellChange } from '#contract/categories.ts'
import type { Cause } from '#contract/common.ts'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import type { HouseholdCategory } from '#server/modules/registry/index.ts'
import type { Db } from '#server/platform/db.ts'

const inside = ({ from, to }: AreaScope) => sql`s.village between ${from}::bigint and ${to}::bigint`
/** Holds at the end of a day; a spell of no days never does. */
const holdsOn = (day: string) =>
  sql`(s.from_on <= ${day}::date and (s.until_on is null or s.until_on > ${day}::date))`

export interface CategoryCount {
  child: number
  category: HouseholdCategory
  risk: RiskStatus
  households: number
  persons: number
}

/** Households at the end of a day by child division; `span`: codes in one child. */
export async function countCategories(
  db: Db,
  area: AreaScope,
  span: number,
  day: string,
): Promise<CategoryCount[]> {
  const { rows } = await sql<CategoryCount>`
    select s.village / ${span}::bigint * ${span}::bigint as child, s.category, s.risk, count(*) as households,
      coalesce(sum(s.members), 0)::bigint as persons
    from category_spell s where ${inside(area)} and ${holdsOn(day)} group by 1, 2, 3`.execute(db)
  return rows
}

export interface MovementCount {
  category: HouseholdCategory
  risk: RiskStatus
  kind: 'before' | 'in' | 'out' | 'after'
  because: SpellChange | null
  n: number
}

/**
 * Stock at the end of both days, and every spell that began or ended between them. A spell that did both is in both flows, so that
 * before + in − out = after whatever happened.
 */
export async function countMovements(
  db: Db,
  area: AreaScope,
  { from, to, cause }: { from: string; to: string; cause?: Cause | undefined },
): Promise<MovementCount[]> {
  const leading = cause ? sql`and s.causes[1] = ${cause}` : sql``
  const { rows } = await sql<MovementCount>`
    select s.category, s.risk, 'before' as kind, null as because, count(*) as n
    from category_spell s where ${inside(area)} and ${holdsOn(from)} ${leading} group by 1, 2
    union all
    select s.category, s.risk, 'after', null, count(*)
    from category_spell s where ${inside(area)} and ${holdsOn(to)} ${leading} group by 1, 2
    union all
    select s.category, s.risk, 'in', s.opened_because, count(*)
    from category_spell s where ${inside(area)} and s.from_on > ${from}::date and s.from_on <= ${to}::date
      and s.until_on is distinct from s.from_on ${leading} group by 1, 2, 4
    union all
    select s.category, s.risk, 'out', s.closed_because, count(*)
    from category_spell s where ${inside(area)} and s.until_on > ${from}::date and s.until_on <= ${to}::date
      and s.from_on < s.until_on ${leading} group by 1, 2, 4`.execute(db)
  return rows
}
