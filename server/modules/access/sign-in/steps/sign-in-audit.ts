import { sql } from 'kysely'
import { type AuditEntry, auditorOf } from '#server/platform/audit.ts'
import type { Db } from '#server/platform/database/db.ts'
import type { RequestOrigin } from '#server/platform/http/rpc.ts'

interface Person {
  id: string
  name: string
  role: string
  area: number
}

/** Writes down what happened at the sign-in, under the account it was about; a name without an account is never kept. */
export async function recordSignIn(
  db: Db,
  origin: RequestOrigin,
  who: { userId: string } | { username: string } | undefined,
  entry: AuditEntry,
): Promise<void> {
  const person = who && (await findPerson(db, who))
  const actor = person ?? { id: null, name: 'unknown', role: 'unknown', area: null }
  const about = person ? { object: { kind: 'account', ref: person.id } } : {}
  await auditorOf({ ...actor, ...origin }).record(db, { ...about, ...entry })
}

async function findPerson(db: Db, who: { userId: string } | { username: string }) {
  const is = 'userId' in who ? sql`u.id = ${who.userId}` : sql`u.username = ${who.username}`
  const { rows } = await sql<Person>`
    select u.id, u.username as name, a.role, a.area from auth_user u join account a on a.user_id = u.id
      where ${is}`.execute(db)
  return rows[0]
}
