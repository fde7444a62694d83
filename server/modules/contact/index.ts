/**
 * Communication with households: declarations without an account, letters, contact cards.
 */
export { readLettersOf } from './letters/read.ts'
