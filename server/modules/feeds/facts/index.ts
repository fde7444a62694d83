export { netSettlements, refundTies } from './net-settlements.ts'
export { type Fact, type FactGroup, listFacts } from './operations.ts'
