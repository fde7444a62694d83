/** What people may ask of the platform about themselves, and how others come to see more than their area: with a reason, for a time. */
export { correctionPart } from './corrections/handover.ts'
export { correctionRoutes, ownLetterRoutes, ownRecordRoutes } from './own-record/routes.ts'
export { startRetention } from './retention/job.ts'
export { reportRetention } from './retention/report.ts'
export { retentionRoutes } from './retention/routes.ts'
export { breakGlassRoutes, secretRoutes } from './secrets/routes.ts'
