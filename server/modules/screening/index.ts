/** Indicators, rules in SQL, runs and signals. */
export { type Indicator, indicatorByName, indicators, vocabulary } from './catalogue.ts'
