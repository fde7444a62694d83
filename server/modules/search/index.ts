/**
 * One search over what an account may read: people's households, and by them clues and cases; files, places and rules. Owns no table.
 */
export { findEverything } from './find.ts'
