/**
 * Plans of help for monitored households, with measures chosen from the policy. Published tables: `plan`, `measure`.
 */
export { closePlan, openPlan } from './plan/open.ts'
