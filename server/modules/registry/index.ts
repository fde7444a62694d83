export {
  countHouseholds,
  type HouseholdFilter,
  type HouseholdRow,
  householdsFound,
  listHouseholds,
  type Page,
} from './list-queries.ts'
export { type MatchRequest, matchHouseholdRows, matchMemberRows } from './matching.ts'
export {
  getHousehold,
  type HouseholdDetail,
  type HouseholdMember,
  type HouseholdSearch,
  type IncomeWindow,
  openSecret,
  type RegistryDeps,
  searchHouseholds,
} from './operations.ts'
export { applyHouseholdFacts, applyMemberFacts, type Touched } from './projection.ts'
export {
  findHousehold,
  type HouseholdDetailRow,
  type HouseholdKey,
  knownAt,
  listMembers,
  locateHousehold,
  type MemberRow,
} from './queries.ts'
export {
  type HouseholdCategory,
  type IncomeItems,
  netIncomeFen,
  type RiskStatus,
  type SpellChange,
} from './rules.ts'
export { type SearchTerm, searchTerm } from './search.ts'
export { type CategoryDecision, decideCategory, type SpellRow } from './spells.ts'
export { type StripRecord, stripColumns, stripJoins, stripOf } from './strip.ts'
export { addUpCategories } from './tallies.ts'
