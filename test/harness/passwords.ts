import { hashPassword, verifyPassword } from 'better-auth/crypto'
import type { PasswordWork } from '#server/modules/access/sign-in/auth.ts'

const hashes = new Map<string, Promise<string>>()
const answers = new Map<string, Promise<boolean>>()

/**
 * Hashed as the product hashes, each password once in a test file and each comparison once: a server of the tests makes 19 accounts
 * with one password, and 0.1 to 0.3 s of processor time for each of them was most of what opening it cost.
 */
export const passwordsOnce: PasswordWork = {
  hash: (password) => once(hashes, password, () => hashPassword(password)),
  verify: (compared) =>
    once(answers, `${compared.hash} ${compared.password}`, () => verifyPassword(compared)),
}

function once<T>(known: Map<string, Promise<T>>, key: string, work: () => Promise<T>): Promise<T> {
  const before = known.get(key)
  if (before) return before
  const now = work()
  known.set(key, now)
  return now
}
