import { randomBytes } from 'node:crypto'
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'
import { sql } from 'kysely'
import type { Database, Session } from '#server/platform/database/db.ts'
import { hmacSm3 } from '#server/platform/hmac-sm3.ts'
import { Rates } from '#server/platform/http/rates.ts'
import type { IdentityPort } from '#server/platform/identity-port.ts'
import { attemptKeys } from './attempts.ts'
import { type Auth, type AuthOptions, createAuth, placeholderAddress } from './auth.ts'

/** The sign-in of a running platform: the library, its database, and what is ours around it. */
export interface Identity extends IdentityPort {
  auth: Auth
  database: Database
  /** Requests to the sign-in, by address and path. */
  rates: Rates
}

/** A password that is never shown: the sign-in takes as long as with any other, and always refuses. */
const unknowable = () => randomBytes(32).toString('base64')

/** `database` is that of the sign-in role. */
export function openIdentity(database: Database, options: AuthOptions): Identity {
  const auth = createAuth(database, options)
  // A library of its own for each transaction, so that what it writes is committed together with what we write.
  const within = async ({ db }: Session) => {
    const { singleSignOn: _, ...rest } = options
    return createAuth({ db }, rest).$context
  }
  const demoSecret = (username: string) =>
    hmacSm3(Buffer.from(options.secret))(`demo-second-factor:${username}`).toString('hex').slice(0, 32)
  return {
    auth,
    database,
    rates: new Rates(options.limits.signInsPerAddressMinute),
    limits: options.limits,
    singleSignOn: options.singleSignOn ? { label: options.singleSignOn.label } : null,
    attemptKey: attemptKeys(options.secret),
    async create(session, people) {
      const { internalAdapter, password } = await within(session)
      // Hashing is most of the time, and is done beside each other by the threads there are; what nobody knows is hashed once.
      const unknown = people.some((person) => person.password === undefined)
        ? await password.hash(unknowable())
        : ''
      const hashes = await Promise.all(
        people.map((person) => (person.password === undefined ? unknown : password.hash(person.password))),
      )
      const ids: string[] = []
      for (const [i, person] of people.entries()) {
        const hash = hashes[i] ?? ''
        const user = await internalAdapter.createUser(
          {
            name: person.name,
            email: placeholderAddress(person.username),
            username: person.username,
            displayUsername: person.username,
          },
          { method: 'admin' },
        )
        await internalAdapter.linkAccount({
          userId: user.id,
          accountId: user.id,
          providerId: 'credential',
          password: hash,
        })
        await sql`insert into password_history (user_id, hash) values (${user.id}, ${hash})`.execute(
          session.db,
        )
        ids.push(user.id)
      }
      return ids
    },
    async setPassword(session, userId, plain) {
      const { internalAdapter, password } = await within(session)
      const hash = await password.hash(plain)
      await internalAdapter.updatePassword(userId, hash)
      await sql`insert into password_history (user_id, hash) values (${userId}, ${hash})`.execute(session.db)
    },
    async dropPassword(session, userId) {
      const { internalAdapter, password } = await within(session)
      await internalAdapter.updatePassword(userId, await password.hash(unknowable()))
    },
    async enrolDemo(session, userId, username) {
      const context = await within(session)
      const seal = (data: string) => symmetricEncrypt({ key: context.secretConfig, data })
      const secret = await seal(demoSecret(username))
      const backupCodes = await seal('[]')
      const { rows } = await sql<{ secret: string }>`
        select secret from auth_two_factor where user_id = ${userId}`.execute(session.db)
      // Somebody may have set up a phone of their own meanwhile: such codes are not the demonstration's to show.
      const [own] = rows
      const data = own?.secret
      if (data && (await symmetricDecrypt({ key: context.secretConfig, data })) !== demoSecret(username))
        return
      await sql`
        insert into auth_two_factor (id, user_id, secret, backup_codes, verified, shown_to_all)
        values (gen_random_uuid()::text, ${userId}, ${secret}, ${backupCodes}, true, true)
        on conflict (user_id) do update set shown_to_all = true`.execute(session.db)
      await sql`update auth_user set two_factor_enabled = true where id = ${userId}`.execute(session.db)
    },
    async demoCode(username) {
      const { code } = await auth.api.generateTOTP({ body: { secret: demoSecret(username) } })
      return code
    },
  }
}
