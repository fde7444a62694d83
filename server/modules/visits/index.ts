/**
 * Visits: who goes to which household by when, what they report, and what the rhythm of a grade asks for. Published tables: `visit`,
 * `visit_report`, `visit_finding`.
 */
export { assignVisitor } from './assign.ts'
export { readCards } from './card.ts'
export { findRhythm } from './due/due.ts'
export { listVisitors, listVisitRecords } from './queries.ts'
export { reportVisit } from './reports/report.ts'
export { type FollowConfirmation, type Settlement, settleVisit } from './reports/settle.ts'
export { type Actor, getVisit, presentVisits, type VisitDeps } from './view.ts'
