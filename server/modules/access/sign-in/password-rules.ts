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
