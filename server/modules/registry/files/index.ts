/** Households and their people as they leave in files: page by page by key, however many there are. */
export { countPeople, listPeopleOf, type PersonRow, searchHouseholdsAfter } from './people.ts'
