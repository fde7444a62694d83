/**
 * Who had a part in making, moving or resetting whose account: for a time the policy sets, neither decides for the other. Whoever
 * makes an account could be the one behind it.
 */
export { recordTies, type Tie } from './record-ties.ts'
export { isUntied, listTied, refuseTied } from './ties.ts'
