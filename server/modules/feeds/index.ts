/**
 * What each feed is: its definition, the checks of its rows, and the facts it leaves. Published tables: the fact tables of the
 * definitions.
 */
export {
  type ColumnMapping,
  compileRowCheck,
  describeReason,
  describeReasonInEnglish,
  erasedRow,
  type Reason,
  type Value,
} from './checks/index.ts'
export { describeFeeds, feeds, findFeed } from './definitions/index.ts'
export {
  type ColumnType,
  columnFor,
  type FeedDefinition,
  keyColumns,
  type StoredColumn,
  storedAs,
  storedColumns,
} from './definitions/kit.ts'
export { listFacts } from './facts/index.ts'
