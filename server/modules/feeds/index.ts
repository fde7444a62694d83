/**
 * One pipeline for every file: received → checked → matched → merged, or held, unchanged, refused, failed; and the facts it
 * leaves. Published tables: `batch`, `feed_coverage` and the fact tables of the feed definitions.
 */

export {
  getBatch,
  listFeeds,
  listRejects,
  listReviews,
  searchBatches,
} from '#server/modules/intake/batches/batch-view.ts'
export { refuseBatch, releaseBatch } from '#server/modules/intake/batches/decide-batch.ts'
export { decideReviews } from '#server/modules/intake/batches/decide-reviews.ts'
export type { BatchFilter, BatchScope } from '#server/modules/intake/batches/queries.ts'
export { rejectExport, rejectFile } from '#server/modules/intake/batches/reject-file.ts'
export type { FeedsDeps } from '#server/modules/intake/deps.ts'
export type { BatchState } from '#server/modules/intake/pipeline/intake.ts'
export { processBatch } from '#server/modules/intake/pipeline/process-batch.ts'
export type { ProgressListener } from '#server/modules/intake/pipeline/progress.ts'
export { enqueueBatch, listUnfinished, startIntake } from '#server/modules/intake/pipeline/resume.ts'
export { createBatch, type NewBatch } from '#server/modules/intake/receiving/create-batch.ts'
export { commandLine, importFile } from '#server/modules/intake/receiving/import-file.ts'
export { tableReader } from '#server/modules/intake/receiving/read-table.ts'
export { feedCodesOf, receiveFile, type Sender } from '#server/modules/intake/receiving/receive-file.ts'
export {
  fileRetention,
  rejectRetention,
  reviewRetention,
  uploadRetention,
} from '#server/modules/intake/retention.ts'
export { batchRoutes, feedRoutes } from '#server/modules/intake/routes.ts'
export { rejectStream, uploadStream } from '#server/modules/intake/streams.ts'
export { describeFeeds, feeds, findFeed } from './definitions/index.ts'
export { type Fact, type FactGroup, listFacts } from './facts/index.ts'
