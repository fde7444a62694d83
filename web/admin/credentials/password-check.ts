import type { PasswordRules } from '#contract/access/session.ts'

const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}\s]/u]

export interface PasswordCheck {
  length: boolean
  classes: boolean
  name: boolean
  long: boolean
}

/** Which rules a new password keeps; the server checks the same and whether it was used before. */
export function checkPassword(password: string, username: string, rules: PasswordRules): PasswordCheck {
  const plain = password.toLowerCase()
  const name = username.toLowerCase()
  const turned = [...name].reverse().join('')
  return {
    length: [...password].length >= rules.minimumLength,
    classes: kinds.filter((kind) => kind.test(password)).length >= rules.classes,
    name: password !== '' && !plain.includes(name) && !plain.includes(turned),
    long: password.length <= 128,
  }
}
