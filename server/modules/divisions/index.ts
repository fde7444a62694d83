export { type AreaScope, areaScope, countyOf, type Division, levelOf, type Level } from './rules.ts'
export { findDivision, listChildren, listPath } from './queries.ts'
export { loadDivisions } from './operations.ts'
