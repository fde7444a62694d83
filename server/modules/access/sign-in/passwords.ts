import { sql } from 'kysely'
import type { PasswordProblem } from '#contract/access/session.ts'
import type { Identity } from './identity.ts'
import { passwordProblems } from './password-rules.ts'

/** Whether the password is the account's own; takes as long for any account. */
export async function verifyPassword(identity: Identity, userId: string, password: string): Promise<boolean> {
  const context = await identity.auth.$context
  const login = await context.internalAdapter.findCredentialAccount(userId)
  if (!login?.password) return false
  return context.password.verify({ hash: login.password, password })
}

/** What is wrong with a new password of an account, its earlier ones included. */
export async function findPasswordProblems(
  { auth, database, limits }: Identity,
  { userId, username }: { userId: string; username: string },
  password: string,
): Promise<PasswordProblem[]> {
  const problems = passwordProblems(password, username, limits)
  if (problems.length > 0) return problems
  const context = await auth.$context
  const { rows } = await sql<{ hash: string }>`
    select hash from password_history where user_id = ${userId}
    order by set_at desc limit ${limits.passwordHistory}`.execute(database.db)
  for (const { hash } of rows) {
    if (await context.password.verify({ hash, password })) return ['used-before']
  }
  return []
}

/** Remembers the password now in force, and that the account chose it itself; deletes those no rule requires. */
export async function rememberPassword({ database, limits }: Identity, userId: string): Promise<void> {
  const { db } = database
  await sql`
    with kept as (
      insert into password_history (user_id, hash)
      select user_id, password from auth_login
      where user_id = ${userId} and provider_id = 'credential' and password is not null
    ), freed as (
      update account set must_change_password = false where user_id = ${userId}
    )
    delete from password_history where user_id = ${userId} and set_at < (
      select min(set_at) from (
        select set_at from password_history where user_id = ${userId} order by set_at desc
          limit ${limits.passwordHistory}
      ) recent)`.execute(db)
}
