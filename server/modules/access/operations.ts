import { sql } from 'kysely'
import type { Role } from '#contract/capabilities.ts'
import type { Department } from '#contract/common.ts'
import { areaScope } from '#server/modules/divisions/index.ts'
import type { Database, Db } from '#server/platform/db.ts'
import type { Requester } from '#server/platform/rpc.ts'
import type { Auth } from './auth.ts'

export interface NewAccount {
  username: string
  password: string
  name: string
  role: Role
  area: number
  department: Department | null
}

/** Makes the sign-in and the account; whatever of the two exists already is left alone. */
export async function createAccount(database: Database, auth: Auth, account: NewAccount): Promise<void> {
  const known = await database.db
    .selectFrom('authUser')
    .select('id')
    .where('username', '=', account.username)
    .executeTakeFirst()
  const userId = known?.id ?? (await createSignIn(auth, account))
  await database.db
    .insertInto('account')
    .values({ userId, role: account.role, area: account.area, department: account.department })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

async function createSignIn(auth: Auth, account: NewAccount): Promise<string> {
  const context = await auth.$context
  const user = await context.internalAdapter.createUser(
    {
      name: account.name,
      email: `${account.username}@accounts.invalid`,
      username: account.username,
      displayUsername: account.username,
    },
    { method: 'admin' },
  )
  await context.internalAdapter.linkAccount({
    userId: user.id,
    accountId: user.id,
    providerId: 'credential',
    password: await context.password.hash(account.password),
  })
  return user.id
}

/** The account behind a session cookie. */
export async function findRequester(db: Db, auth: Auth, headers: Headers): Promise<Requester | undefined> {
  const session = await auth.api.getSession({ headers })
  if (!session) return undefined
  const { rows } = await sql<Omit<Requester, 'scope'>>`
    select a.user_id, u.name, u.username, a.role, a.department, a.area
    from account a join auth_user u on u.id = a.user_id where a.user_id = ${session.user.id}`.execute(db)
  const account = rows[0]
  return account && { ...account, scope: areaScope(account.area) }
}
