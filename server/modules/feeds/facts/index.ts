export { type Fact, type FactGroup, listFacts } from './operations.ts'
