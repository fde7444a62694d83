import { sql } from 'kysely'
import { inTransaction } from '#server/platform/database/db.ts'
import { halfKey } from '../enrolment-codes.ts'
import { findPasswordProblems } from '../passwords.ts'
import { counted, type Step, type Visit } from './counted.ts'
import { recordSignIn } from './sign-in-audit.ts'

const action = 'session.choose-password'

/**
 * The first password of an account, or a new one after a reset: by its person, who got the two halves of the code from two people.
 * Neither of them alone can do it. A name without an account, or one with nothing to choose, answers like a wrong code.
 */
export function choosePassword(visit: Visit): Promise<Step> {
  const { identity, origin, body } = visit
  const { username = '', first = '', second = '', password = '' } = body
  const who = { username: username.trim().toLowerCase() }
  return counted(visit, who.username, { who, action }, async () => {
    const { db } = identity.database
    const { rows } = await sql<{ userId: string }>`
      select e.user_id from enrolment e join auth_user u on u.id = e.user_id
        join account a on a.user_id = e.user_id and a.state = 'active'
      where u.username = ${who.username} and e.expires_at > now()
        and e.first_key = ${halfKey(identity.attemptKey, 'first', first)}::uuid
        and e.second_key = ${halfKey(identity.attemptKey, 'second', second)}::uuid`.execute(db)
    const [found] = rows
    if (!found) return { failure: 'enrolment-wrong' }
    const { userId } = found
    const problems = await findPasswordProblems(identity, { userId, ...who }, password)
    if (problems.length > 0) return { failure: 'password-weak', data: { problems } }
    const isChosen = await inTransaction(identity.database, async (session) => {
      // Good once, also for two who come at the same moment.
      const used = await sql`delete from enrolment where user_id = ${userId} returning user_id`.execute(
        session.db,
      )
      if (used.rows.length === 0) return false
      await identity.setPassword(session, userId, password)
      await sql`update account set must_change_password = false where user_id = ${userId}`.execute(session.db)
      return true
    })
    if (!isChosen) return { failure: 'enrolment-wrong' }
    await recordSignIn(db, origin, { userId }, { action })
    return { answer: { chosen: true } }
  })
}
