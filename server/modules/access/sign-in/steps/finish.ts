import { sql } from 'kysely'
import type { RequestOrigin } from '#server/platform/http/rpc.ts'
import type { Passage } from '../auth.ts'
import type { Identity } from '../identity.ts'
import { extractFailure } from './answers.ts'
import { recordSignIn } from './sign-in-audit.ts'

/** The way back from the provider of the single sign-on: into the platform, or to the sign-in page with a word why not. */
export async function finishSignIn(
  identity: Identity,
  origin: RequestOrigin,
  call: (way: Passage) => Promise<Response>,
): Promise<Response> {
  const { db } = identity.database
  const way: Passage = { secondFactor: false, method: 'single-sign-on' }
  const response = await call(way)
  const { location, failure } = extractFailure(response.headers.get('location') ?? '/sign-in?error=failed')
  const answer = new Response(null, { status: 302, headers: { location, 'cache-control': 'no-store' } })
  for (const cookie of response.headers.getSetCookie()) answer.headers.append('set-cookie', cookie)
  const { secondFactor, method, opened, vouchedFor } = way
  if (failure || !opened) {
    const who = vouchedFor ? { username: vouchedFor } : undefined
    const entry = {
      action: 'session.sign-in',
      outcome: 'refused',
      detail: { code: failure, method },
    } as const
    await recordSignIn(db, origin, who, entry)
    return answer
  }
  await sql`update account set signed_in_at = now() where user_id = ${opened}`.execute(db)
  const entry = { action: 'session.sign-in', detail: { secondFactor, method } }
  await recordSignIn(db, origin, { userId: opened }, entry)
  return answer
}
