import { sql } from 'kysely'
import type { AccountDeps } from './deps.ts'

/** The newest handover of an account that was not taken back yet, and still can be for as long as the two are managed. */
export async function findHandover({ work }: Pick<AccountDeps, 'work'>, userId: string) {
  const { rows } = await sql<{ id: string; to: string; at: string; items: number }>`
    select o.id, u.name as to, o.at, (select count(*) from handover_item i where i.handover_id = o.id) as items
    from handover o join auth_user u on u.id = o.to_user where o.from_user = ${userId} and o.taken_back_at is null
    order by o.at desc limit 1`.execute(work.db)
  return rows.find(({ items }) => items > 0) ?? null
}
