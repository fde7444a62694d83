/**
 * Clues: what somebody must look into, made of signals; handed to a township or village with a deadline in working days.
 * `mergeSignals` runs in the transaction of a screening. Published tables: `clue`, `clue_event`.
 * Throws AppError `not-found` outside the scope, `clue-state`, `not-allowed`, `deadline-invalid`.
 */
export { addAuthorisation, authorisedScopes } from './cases/authorisation.ts'
export { enteredHouseholds, enteredQueue, findEntered } from './cases/entered.ts'
export { caseRoutes } from './cases/routes.ts'
export { reconcile } from './categories/operations.ts'
export { categoryRoutes } from './categories/routes.ts'
export { getClue } from './clue-detail.ts'
export { type CaseworkDeps, clueExport, eachClue, listClues } from './clue-list.ts'
export { reportComplaints } from './complaints.ts'
export { deadline } from './deadlines.ts'
export { declarationRoutes } from './declarations/routes.ts'
export { startDeclarations, takeUpDeclaration, takeUpWaiting } from './declarations/take-up.ts'
export { playDemoWork } from './demo/play.ts'
export { caseDocumentStream, publicListStream } from './documents/case-document.ts'
export { fieldRoutes } from './field/routes.ts'
export { householdExport } from './household-export.ts'
export { getHouseholdPage, listHouseholdRows } from './household-page.ts'
export { householdRoutes } from './household-routes.ts'
export { readLettersOf } from './letters/read.ts'
export { letterRoutes } from './letters/routes.ts'
export { type ClueChanges, mergeSignals } from './merge-signals.ts'
export { type NightResult, nightlyCasework } from './nightly.ts'
export { readOwnWork } from './own-work.ts'
export { measurePart } from './plans/handover.ts'
export { planRoutes } from './plans/routes.ts'
export {
  declarationRetention,
  deviceRetention,
  photoRetention,
  unfinishedPhotoRetention,
  visitTraceRetention,
} from './retention.ts'
export { clueRoutes, overviewRoutes } from './routes.ts'
export { addUpTallies } from './tallies.ts'
export { visitPart } from './visits/handover.ts'
export { photoPartStream, photoStream } from './visits/photos.ts'
export { visitRoutes } from './visits/routes.ts'
export { waitingParts } from './workbench/handover.ts'
export { workbenchRoutes } from './workbench/routes.ts'
export { getWorkbench, viewerOf } from './workbench/view.ts'
