export { loadDivisions } from './operations.ts'
export { findDivision, listChildren, listPath } from './queries.ts'
export {
  type AreaScope,
  areaScope,
  countyOf,
  coversWholeCounties,
  type Division,
  type Level,
  levelOf,
} from './rules.ts'
