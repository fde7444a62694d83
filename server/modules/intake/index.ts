/**
 * One pipeline for every file: received → checked → matched → merged, or held, unchanged, refused, failed. Published tables:
 * `batch`, `feed_coverage`.
 */
export { getBatch, searchBatches } from './batches/batch-view.ts'
export { rejectFile } from './batches/reject-file.ts'
export type { FeedsDeps } from './deps.ts'
export { type FileWork, fileWorkBeside, fileWorkHere } from './file-work.ts'
export { importFile } from './receiving/import-file.ts'
export { tableReader } from './receiving/read-table.ts'
export { feedCodesOf } from './receiving/receive-file.ts'
