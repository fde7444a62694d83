export { loadDivisions } from './operations.ts'
export { findDivision, listChildren, listPath } from './queries.ts'
export { divisionRoutes } from './routes.ts'
export {
  type AreaScope,
  areaScope,
  countyOf,
  type Division,
  holdsWholeCounties,
  type Level,
  levelOf,
} from './rules.ts'
export { schema } from './tables.ts'
