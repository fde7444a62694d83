/** Indicators, rules in SQL, runs and signals. */
export { indicatorByName, indicators, vocabulary } from './catalogue.ts'
