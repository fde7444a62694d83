import { randomInt } from 'node:crypto'
import type { PasswordProblem } from '#contract/access/session.ts'
import type { SecurityLimits } from '#server/platform/security-limits.ts'

const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}\s]/u]
const longest = 128

/** What is wrong with a new password, apart from having been used before. */
export function passwordProblems(
  password: string,
  username: string,
  limits: Pick<SecurityLimits, 'passwordMinimumLength' | 'passwordClasses'>,
): PasswordProblem[] {
  const problems: PasswordProblem[] = []
  if ([...password].length < limits.passwordMinimumLength) problems.push('too-short')
  if (password.length > longest) problems.push('too-long')
  if (kinds.filter((kind) => kind.test(password)).length < limits.passwordClasses) problems.push('too-simple')
  if (containsName(password, username)) problems.push('contains-username')
  return problems
}

function containsName(password: string, username: string): boolean {
  const plain = (text: string) => text.toLowerCase()
  const name = plain(username)
  return plain(password).includes(name) || plain(password).includes([...name].reverse().join(''))
}

// Without letters and digits that are mistaken for each other on paper.
const letters = {
  lower: 'abcdefghjkmnpqrstuvwxyz',
  upper: 'ABCDEFGHJKMNPQRSTUVWXYZ',
  digit: '23456789',
  sign: '-+=#@%',
}

/** A one-time password that keeps any of our rules: groups of four, to be read out or copied from paper. */
export function oneTimePassword(limits: Pick<SecurityLimits, 'passwordMinimumLength'>): string {
  const length = Math.max(limits.passwordMinimumLength, 14)
  const pick = (from: string) => from.charAt(randomInt(from.length))
  const all = letters.lower + letters.upper + letters.digit
  const chosen = [pick(letters.lower), pick(letters.upper), pick(letters.digit), pick(letters.sign)]
  while (chosen.length < length) chosen.push(pick(all))
  for (let i = chosen.length - 1; i > 0; i--) {
    const j = randomInt(i + 1)
    ;[chosen[i], chosen[j]] = [chosen[j] ?? '', chosen[i] ?? '']
  }
  return chosen.join('')
}
