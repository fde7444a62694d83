/**
 * The register: households and people as the projection of its own files, how rows find them, category spells, and what a row of any
 * list says of a household. Reading one or many stands in `households/index.ts`. Published tables: `household`, `person`,
 * `person_index`, `category_spell`.
 */
export { belongedText } from './household-writer.ts'
export { matchHouseholdRows, matchMemberRows } from './matching.ts'
export {
  applyHouseholdFacts,
  applyMemberFacts,
  movedPersons,
  statedHouseholds,
  statedMembers,
} from './projection.ts'
export { leavingChanges, netIncomeFen } from './rules.ts'
export { decideCategory } from './spell-writer.ts'
export { type StripRecord, stripColumns, stripJoins, stripOf } from './strip.ts'
