/**
 * Changing clues: what may be done to them from outside, each in the caller's transaction and with what is counted of them. The only
 * place that writes `clue`, `clue_event` and the tallies of clues.
 */
export {
  assignClues,
  decideClues,
  linkClues,
  postponeClues,
  releaseClues,
  shieldClues,
} from './clue-visits.ts'
export { changeClues, followSpells, noteClues, openClues } from './clue-writer.ts'
export { leftVisits, passedClues } from './passed-clues.ts'
export { clueProjections } from './tallies.ts'
