/** What people may request from the platform about themselves, and how others come to see more than their area: with a reason, for a time. */
export { reportRetention } from './retention/report.ts'
