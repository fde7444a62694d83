import { type RawBuilder, sql } from 'kysely'
import { among, type HandoverItem, type HandoverPart, type HandoverTo } from '#server/manifest/handover.ts'
import { AppError } from '#server/platform/errors.ts'

interface ColumnPart {
  key: string
  table: string
  column: string
  /** Which rows `x` are open. */
  open: RawBuilder<unknown>
  /** Key of a row `x`, and what else changes with the person. */
  also?(to: HandoverTo): RawBuilder<unknown>
}

/** Work of a table with county, household_id and id, where one column names who has it; it must lie in the other's area. */
export function columnPart({ key, table, column, open, also }: ColumnPart): HandoverPart {
  const [rows, who] = [sql.table(table), sql.ref(column)]
  return {
    key,
    columns: [`${table}.${column}`],
    async count({ db }, userId) {
      const found = await sql<{ count: number }>`
        select count(*) as count from ${rows} x where x.${who} = ${userId} and ${open}`.execute(db)
      return found.rows[0]?.count ?? 0
    },
    async move({ db }, from, to) {
      const found = await sql<HandoverItem & { outside: boolean }>`
        with moved as (
          update ${rows} x set ${who} = ${to.userId} ${also ? also(to) : sql``} where x.${who} = ${from} and ${open}
            and ${among(to, sql`x.county`, sql`x.id`)}
          returning x.county, x.household_id, x.id::text as item
        )
        select m.county, m.item, ${liesOutside(to.userId, sql`m.county`, sql`m.household_id`)} as outside
          from moved m`.execute(db)
      return inside(found.rows)
    },
  }
}

/** Whether a household lies outside an account's area, a helper's own households apart. */
export const liesOutside = (
  userId: string,
  county: RawBuilder<unknown>,
  household: RawBuilder<unknown>,
) => sql`not exists (
  select from household h join account a on a.user_id = ${userId} join division d on d.code = a.area
  where h.county = ${county} and h.id = ${household} and h.village between a.area and a.area
    + case d.level when 'province' then 9999999999 when 'city' then 99999999 when 'county' then 999999
    when 'township' then 999
      else 0 end)`

/** What moved; throws `handover-target` when any of it lies where the other account may not have it. */
export function inside(moved: readonly (HandoverItem & { outside: boolean })[]): HandoverItem[] {
  const outside = moved.filter((one) => one.outside).length
  if (outside > 0) throw new AppError('handover-target', { outside })
  return moved.map(({ county, item }) => ({ county, item }))
}
