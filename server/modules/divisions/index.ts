export { loadDivisions } from './operations.ts'
export { findDivision, listChildren, listPath } from './queries.ts'
export {
  type AreaScope,
  areaScope,
  countyOf,
  type Division,
  holdsWholeCounties,
  type Level,
  levelOf,
} from './rules.ts'
