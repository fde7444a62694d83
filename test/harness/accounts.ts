import type { HalfCode } from '#contract/access/accounts.ts'
import type { Role } from '#contract/access/capabilities.ts'
import { signInPaths } from '#contract/access/session.ts'
import { ensureAccounts } from '#server/modules/access/accounts/ensure-accounts.ts'
import type { Identity } from '#server/modules/access/index.ts'
import type { Visitor } from './sign-in.ts'

const password = 'Chunfeng-2020'

export interface Newcomer {
  username: string
  name: string
  role: Role
  area: number
}

/** An account as an installation makes one: there at once, with a password, made by nobody. */
export async function installAccount(
  identity: Identity,
  newcomer: Newcomer,
): Promise<{ id: string; username: string; password: string }> {
  const [id] = await ensureAccounts(identity, [{ department: null, ...newcomer, password }])
  if (!id) throw new Error(`${newcomer.username} is there already`)
  return { id, username: newcomer.username, password }
}

/** The second person agrees to what was requested; answers their halves of the codes. */
export async function agree(by: Visitor, ...ids: string[]): Promise<HalfCode[]> {
  const answer = await by.post('/api/accounts/requests/decide', { ids, approve: true })
  if (answer.statusCode !== 200) throw new Error(answer.body)
  return answer.json<{ codes: HalfCode[] }>().codes
}

/** Whoever has both halves chooses the password. */
export function choosePassword(
  person: Visitor,
  fields: { username: string; first: string; second: string; password?: string },
) {
  return person.post(signInPaths.choosePassword, { password, ...fields })
}
