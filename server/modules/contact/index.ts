/**
 * What households say to us and we to them: declarations without an account, letters, contact cards.
 */
export { readLettersOf } from './letters/read.ts'
