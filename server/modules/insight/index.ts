/**
 * Pictures of an area: the overview with its figures, trend and the health of its sources.
 */
export { listSourceHealth } from './source-health.ts'
