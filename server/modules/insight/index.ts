/**
 * Pictures of an area: the overview with its figures, trend and the health of its sources.
 */
export { listSourceHealth } from './source-health.ts'
export { readStatistics, statisticalFields, statisticalForm } from './statistics/statistical-form.ts'
