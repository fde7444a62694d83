/**
 * Who belongs to which category on any day, by area and cause, and what changed between two days.
 */
export { reconcile } from './operations.ts'
export { countCategories } from './queries.ts'
