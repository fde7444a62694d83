/**
 * Visits: who goes to which household by when, what they report, and what the rhythm of a grade requires. Published tables: `visit`,
 * `visit_report`, `visit_finding`.
 */
export { assignVisitor } from './assign.ts'
export { readCards } from './card.ts'
export { findRhythm, gradedHouseholds } from './due/due.ts'
export { listVisitors, listVisitRecords } from './queries.ts'
export { type Decision, decideVisit, type FollowConfirmation } from './reports/decide.ts'
export { reportVisit } from './reports/report.ts'
export { type Actor, getVisit, presentVisits, type VisitDeps } from './view.ts'
export { takeOverVisits } from './visit-writer.ts'
