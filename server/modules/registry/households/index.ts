/**
 * Households as they are read: one with its people, categories and income, found by number, name or ID number, within a scope. Money is
 * 分. Throws AppError `not-found` outside the scope too.
 */

export { findPeople } from './find-people.ts'
export { findContradictions } from './findings.ts'
export { type HouseholdRow, householdsFound } from './list-queries.ts'
export {
  getHousehold,
  openSecret,
  type RegistryDeps,
  searchHouseholds,
} from './operations.ts'
export { findHousehold, type HouseholdKey, knownAt, locateHousehold, sharedBy } from './queries.ts'
export { searchTerm } from './search.ts'
