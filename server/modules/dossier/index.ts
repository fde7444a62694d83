/**
 * A household's page: everything known about it in one place.
 */
export { getHouseholdPage, listHouseholdRows } from './household-page.ts'
export { readOwnWork } from './own-work.ts'
