/**
 * Clues: what somebody must look into, made of signals; handed to a township or village with a deadline in working days.
 * `mergeSignals` runs in the transaction of a screening. Published tables: `clue`, `clue_event`.
 * Throws AppError `not-found` outside the scope, `clue-state`, `not-allowed`, `deadline-invalid`.
 */

export { playDemoWork } from '#demo/play/play.ts'
export { measurePart } from '#server/modules/assistance/handover.ts'
export { planRoutes } from '#server/modules/assistance/routes.ts'
export { reconcile } from '#server/modules/classification/operations.ts'
export { categoryRoutes } from '#server/modules/classification/routes.ts'
export { declarationRoutes } from '#server/modules/contact/declarations/routes.ts'
export {
  startDeclarations,
  takeUpDeclaration,
  takeUpWaiting,
} from '#server/modules/contact/declarations/take-up.ts'
export { readLettersOf } from '#server/modules/contact/letters/read.ts'
export { letterRoutes } from '#server/modules/contact/letters/routes.ts'
export { deadline } from '#server/modules/deadlines/deadlines.ts'
export { householdExport } from '#server/modules/dossier/household-export.ts'
export { getHouseholdPage, listHouseholdRows } from '#server/modules/dossier/household-page.ts'
export { householdRoutes } from '#server/modules/dossier/household-routes.ts'
export { readOwnWork } from '#server/modules/dossier/own-work.ts'
export { fieldRoutes } from '#server/modules/field/routes.ts'
export { addAuthorisation, authorisedScopes } from '#server/modules/procedures/conditions/authorisation.ts'
export { caseDocumentStream, publicListStream } from '#server/modules/procedures/documents/case-document.ts'
export { caseRoutes } from '#server/modules/procedures/routes.ts'
export { enteredHouseholds, enteredQueue, findEntered } from '#server/modules/procedures/steps/entered.ts'
export { visitPart } from '#server/modules/visits/handover.ts'
export { photoPartStream, photoStream } from '#server/modules/visits/reports/photos.ts'
export {
  declarationRetention,
  deviceRetention,
  photoRetention,
  unfinishedPhotoRetention,
  visitTraceRetention,
} from '#server/modules/visits/retention.ts'
export { visitRoutes } from '#server/modules/visits/routes.ts'
export { waitingParts } from '#server/modules/workbench/handover.ts'
export { workbenchRoutes } from '#server/modules/workbench/routes.ts'
export { getWorkbench, viewerOf } from '#server/modules/workbench/view.ts'
export { type NightResult, nightlyCasework } from '#server/nightly.ts'
export { reportComplaints } from './arrivals/complaints.ts'
export { type ClueChanges, mergeSignals } from './arrivals/merge-signals.ts'
export { getClue } from './detail/clue-detail.ts'
export { type CaseworkDeps, clueExport, eachClue, listClues } from './list/clue-list.ts'
export { clueRoutes, overviewRoutes } from './routes.ts'
export { addUpTallies } from './tallies.ts'
