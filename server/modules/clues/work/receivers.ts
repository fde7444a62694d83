import { sql } from 'kysely'
import type { ClueReceiver } from '#contract/work/clues.ts'
import { type AreaScope, levelOf } from '#server/modules/divisions/index.ts'
import type { Db } from '#server/platform/database/db.ts'

interface ReceiverRow {
  code: number
  name: string
  township: string
  people: string[]
}

/** Townships and villages by their codes with whoever works there, in the order of the codes; names are those of the scope. */
export async function findReceivers(
  db: Db,
  { from, to }: AreaScope,
  codes: readonly number[],
): Promise<ClueReceiver[]> {
  const { rows } = await sql<ReceiverRow>`
    select d.code, d.name, p.name as township, array(
        select u.name from account a join auth_user u on u.id = a.user_id
        where a.area = d.code and a.state = 'active'
          and a.role = case when d.code % 1000 = 0 then 'township' else 'village' end
          and a.area between ${from}::bigint and ${to}::bigint
        order by u.name) as people
    from division d join division p on p.code = d.parent_code
    where d.code = any(${[...codes]}::bigint[]) order by d.code`.execute(db)
  return rows.map(({ code, name, township, people }) => {
    const level = levelOf(code) === 'township' ? 'township' : 'village'
    return {
      to: level,
      place: { code, name, level },
      within:
        level === 'village'
          ? { code: Math.floor(code / 1000) * 1000, name: township, level: 'township' }
          : null,
      people,
    }
  })
}
