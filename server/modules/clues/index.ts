/**
 * Clues: what somebody must look into, made of signals and of what people report; handed to a township or village with a deadline in
 * working days. Published tables: `clue`, `clue_event`. Throws AppError `not-found` outside the scope, `clue-state`, `not-allowed`,
 * `deadline-invalid`.
 */
export { mergeSignals } from './arrivals/merge-signals.ts'
export { addReport, type ReportedHousehold, reportHousehold } from './arrivals/reports.ts'
export { getClue } from './detail/clue-detail.ts'
export { listOpenBatches } from './detail/detail-queries.ts'
export { clueClock, openStates } from './list/clue-filter.ts'
export { eachClue, listClues } from './list/clue-list.ts'
export { categoryNames, causeNames, levelNames } from './list/words.ts'
export { dispatchClues } from './work/dispatch.ts'
export { nextSteps } from './work/rules.ts'
