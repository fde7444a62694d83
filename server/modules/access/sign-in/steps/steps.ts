import { sql } from 'kysely'
import type { AuditEntry } from '#server/platform/audit.ts'
import type { Requester } from '#server/platform/http/rpc.ts'
import { takeCode } from '../attempts.ts'
import { providerId } from '../auth.ts'
import { findPasswordProblems, rememberPassword, verifyPassword } from '../passwords.ts'
import { findChallenged } from '../requester.ts'
import { choosePassword } from './choose-password.ts'
import { counted, type Step, type Visit } from './counted.ts'
import { recordSignIn } from './sign-in-audit.ts'

/** Path of the library → what we do around it. A path that is not here is not served. */
export const steps: Record<string, (visit: Visit) => Promise<Step>> = {
  '/sign-in/username': signIn,
  '/two-factor/verify-totp': verifyCode,
  '/two-factor/verify-backup-code': verifyCode,
  '/two-factor/enable': (visit) => withPassword(visit, 'session.enrol', ['totpURI', 'backupCodes']),
  '/two-factor/generate-backup-codes': (visit) =>
    withPassword(visit, 'session.new-backup-codes', ['backupCodes']),
  '/choose-password': choosePassword,
  '/change-password': changePassword,
  '/sign-in/social': singleSignOn,
  '/sign-out': signOut,
}

function signIn(visit: Visit): Promise<Step> {
  const { username = '', password = '' } = visit.body
  const who = { username: username.trim().toLowerCase() }
  return counted(visit, who.username, { who, action: 'session.sign-in' }, async () => {
    const { failure, answer, cookies } = await visit.call({ username: who.username, password })
    if (failure) return { failure }
    if (answer.twoFactorRedirect) return { answer: { twoFactorRedirect: true }, cookies }
    await noteSignIn(visit, visit.way.opened)
    return { answer: { signedIn: true }, cookies }
  })
}

/** A code of the second factor: the second step of a sign-in, the end of an enrolment, or a session that has not shown one yet. */
async function verifyCode(visit: Visit): Promise<Step> {
  const { me, identity, way } = visit
  const challenged = me?.userId ?? (await findChallenged(identity, visit.headers))
  if (!challenged) return { failure: 'challenge-ended' }
  // As people type it: with spaces, or by an input method that writes full-width digits.
  const code = (visit.body.code ?? '').normalize('NFKC').replaceAll(/\s/g, '')
  const action = me ? 'session.second-factor' : 'session.sign-in'
  return counted(visit, `code:${challenged}`, { who: { userId: challenged }, action }, async () => {
    way.secondFactor = true
    way.method = me?.method ?? 'password'
    // Whoever looked over a shoulder has half a minute left: a code is good once.
    const isFresh = await takeCode(
      identity.database.db,
      challenged,
      identity.attemptKey(`used:${challenged}:${code}`),
    )
    if (!isFresh) return { failure: 'code-wrong' }
    const { failure, cookies } = await visit.call({ code })
    if (failure) return { failure }
    if (me) {
      const { db } = identity.database
      await sql`update auth_session set second_factor = true where id = ${me.sessionId}`.execute(db)
      await note(visit, { action })
    } else await noteSignIn(visit, challenged)
    return { answer: { signedIn: true }, cookies }
  })
}

/** What a signed-in person does with the password once more: wrong ones count like failed sign-ins. */
function withPassword(visit: Visit, action: string, shown: string[]): Promise<Step> {
  return signedIn(visit, (me) =>
    counted(visit, me.username, { who: { userId: me.userId }, action }, async () => {
      const { failure, answer, cookies } = await visit.call({ password: visit.body.password ?? '' })
      if (failure) return { failure }
      await note(visit, { action })
      return { answer: Object.fromEntries(shown.map((key) => [key, answer[key]])), cookies }
    }),
  )
}

function changePassword(visit: Visit): Promise<Step> {
  const { currentPassword = '', newPassword = '' } = visit.body
  const { identity, way } = visit
  return signedIn(visit, (me) => {
    const action = 'session.change-password'
    return counted(visit, me.username, { who: { userId: me.userId }, action }, async () => {
      if (!(await verifyPassword(identity, me.userId, currentPassword))) return { failure: 'password-wrong' }
      const problems = await findPasswordProblems(identity, me, newPassword)
      if (problems.length > 0) return { failure: 'password-weak', data: { problems } }
      way.secondFactor = me.secondFactor === 'on'
      way.method = me.method
      const { failure, cookies } = await visit.call({
        currentPassword,
        newPassword,
        revokeOtherSessions: true,
      })
      if (failure) return { failure }
      await rememberPassword(identity, me.userId)
      await note(visit, { action })
      return { answer: { changed: true }, cookies }
    })
  })
}

async function singleSignOn(visit: Visit): Promise<Step> {
  if (!visit.identity.singleSignOn) return { failure: 'not-found' }
  const { callbackURL = '/' } = visit.body
  const { failure, answer, cookies } = await visit.call({
    provider: providerId,
    callbackURL: /^\/(?![/\\])/.test(callbackURL) ? callbackURL : '/',
    errorCallbackURL: '/sign-in',
    disableRedirect: true,
  })
  return failure ? { failure } : { answer: { url: answer.url }, cookies }
}

async function signOut(visit: Visit): Promise<Step> {
  const { failure, cookies } = await visit.call({})
  if (failure) return { failure }
  if (visit.me) await note(visit, { action: 'session.sign-out' })
  return { answer: { signedOut: true }, cookies }
}

/** A session that still owes its second factor changes nothing about how one signs in. */
async function signedIn({ me }: Visit, work: (me: Requester) => Promise<Step>): Promise<Step> {
  if (!me) return { failure: 'not-signed-in' }
  return me.secondFactor === 'pending' ? { failure: 'second-factor-required' } : work(me)
}

function note({ identity, origin, me, way }: Visit, entry: AuditEntry): Promise<void> {
  const userId = me?.userId ?? way.opened
  return recordSignIn(identity.database.db, origin, userId ? { userId } : undefined, entry)
}

async function noteSignIn(visit: Visit, userId: string | undefined) {
  if (!userId) throw new Error('a session was opened for nobody')
  const { db } = visit.identity.database
  await sql`update account set signed_in_at = now() where user_id = ${userId}`.execute(db)
  const { secondFactor, method } = visit.way
  await recordSignIn(
    db,
    visit.origin,
    { userId },
    { action: 'session.sign-in', detail: { secondFactor, method } },
  )
}
