/**
 * What each feed is: its definition and the facts it leaves. Published tables: the fact tables of the definitions. The checks of its
 * rows have a door of their own, `checks/index.ts`.
 */
export { factTable } from './definitions/fact-table.ts'
export { describeFeeds, feeds, findFeed } from './definitions/index.ts'
export {
  type ColumnType,
  columnFor,
  type FeedDefinition,
  keyColumns,
  normalHeader,
  type StoredColumn,
  storedAs,
  storedColumns,
} from './definitions/kit.ts'
export { listFacts, netSettlements, refundTies } from './facts/index.ts'
