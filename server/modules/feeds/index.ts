/**
 * One pipeline for every file: received → checked → matched → merged, or held, unchanged, refused, failed; and the facts it
 * leaves. Published tables: `batch`, `feed_coverage` and the fact tables of the feed definitions.
 */

export { getBatch, listFeeds, listRejects, listReviews, searchBatches } from './batches/batch-view.ts'
export { refuseBatch, releaseBatch } from './batches/decide-batch.ts'
export { decideReviews } from './batches/decide-reviews.ts'
export type { BatchFilter, BatchScope } from './batches/queries.ts'
export { rejectExport, rejectFile } from './batches/reject-file.ts'
export { describeFeeds, feeds, findFeed } from './definitions/index.ts'
export type { FeedsDeps } from './deps.ts'
export { type Fact, type FactGroup, listFacts } from './facts/index.ts'
export type { BatchState } from './intake/intake.ts'
export { processBatch } from './intake/process-batch.ts'
export type { ProgressListener } from './intake/progress.ts'
export { enqueueBatch, listUnfinished, startIntake } from './intake/resume.ts'
export { createBatch, type NewBatch } from './receiving/create-batch.ts'
export { commandLine, importFile } from './receiving/import-file.ts'
export { tableReader } from './receiving/read-table.ts'
export { feedCodesOf, receiveFile, type Sender } from './receiving/receive-file.ts'
export { fileRetention, rejectRetention, reviewRetention, uploadRetention } from './retention.ts'
export { batchRoutes, feedRoutes } from './routes.ts'
export { rejectStream, uploadStream } from './streams.ts'
export { schema } from './tables.ts'
