import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#server/platform/database/db.ts'
import { AppError } from '#server/platform/errors.ts'

/** Condition that no tie holds between `me` and the account in a column. */
export const isUntied = (me: string, column: string): RawBuilder<unknown> => sql`not exists (
  select from account_tie t where t.until > now() and (t.user_id = ${me} and t.maker = ${sql.ref(column)}
    or t.maker = ${me} and t.user_id = ${sql.ref(column)}))`

/** Accounts that `me` made or was made by, as long as the tie holds; one query over an index. */
export async function listTied(db: Db, me: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ other: string }>`
    select case when user_id = ${me} then maker else user_id end as other from account_tie
    where until > now() and (user_id = ${me} or maker = ${me})`.execute(db)
  return new Set(rows.map(({ other }) => other))
}

/** Throws `account-tied` where whoever decides made the account of one whose doing it is, or was made by it. */
export async function refuseTied(
  db: Db,
  me: string,
  others: Iterable<string | null | undefined>,
): Promise<void> {
  const wanted = [...new Set(others)].filter((one) => typeof one === 'string')
  if (wanted.length === 0) return
  const { rows } = await sql<{ username: string; until: string }>`
    select u.username, max(t.until) as until from account_tie t
    join auth_user u on u.id = case when t.user_id = ${me} then t.maker else t.user_id end
    where t.until > now() and (t.user_id = ${me} and t.maker = any(${wanted}::text[])
      or t.maker = ${me} and t.user_id = any(${wanted}::text[]))
    group by u.username limit 1`.execute(db)
  const [tie] = rows
  if (tie) throw new AppError('account-tied', { account: tie.username, until: tie.until })
}
