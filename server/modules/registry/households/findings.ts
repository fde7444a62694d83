import { sql } from 'kysely'
import type { AreaScope } from '#server/modules/divisions/index.ts'
import type { Db } from '#server/platform/database/db.ts'
import { countHouseholds } from './list-queries.ts'

export interface RegistryFindings {
  sizeDiffers: number
  moved: { householdNo: string; headName: string; village: string; to: string; movedOn: string }[]
}

const atMost = 100

/** What the register says against itself, and who left the area for another county within a year; the old county sees them no more. */
export async function findContradictions(
  db: Db,
  scope: AreaScope,
  area: AreaScope,
  today: string,
): Promise<RegistryFindings> {
  const from = Math.max(scope.from, area.from)
  const to = Math.min(scope.to, area.to)
  const [sizeDiffers, { rows: moved }] = await Promise.all([
    countHouseholds(db, scope, { area, sizeDiffers: true }),
    sql<RegistryFindings['moved'][number]>`
      select m.household_no, m.head_name, v.name as village, c.name as "to", m.moved_on
      from household_move m
      join division v on v.code = m.village
      join division c on c.code = m.to_county::bigint * 1000000
      where m.village between ${from}::bigint and ${to}::bigint and ${(scope.grantee ?? null) === null}
        and m.moved_on > ${today}::date - interval '1 year'
        and not m.to_village between ${from}::bigint and ${to}::bigint
      order by m.moved_on desc, m.household_id limit ${atMost}`.execute(db),
  ])
  return { sizeDiffers, moved }
}
