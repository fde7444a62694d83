import { randomInt } from 'node:crypto'
import type { AttemptKey } from './attempts.ts'

// Without letters and digits that are mistaken for each other on paper.
const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const length = 8

/** Half of an enrolment code, 40 bits: `ABCD-EFGH`, to be read out or copied from paper. */
export function halfCode(): string {
  const drawn = Array.from({ length }, () => letters[randomInt(letters.length)]).join('')
  return `${drawn.slice(0, 4)}-${drawn.slice(4)}`
}

/** Which of the two halves: they are not good for each other. */
export type Half = 'first' | 'second'

/** What is kept of a half; read as people type it, in any case, with or without the dash, full-width or not. */
export function halfKey(attemptKey: AttemptKey, half: Half, code: string): string {
  const plain = code
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '')
  return attemptKey(`enrolment:${half}:${plain}`)
}
