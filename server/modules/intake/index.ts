/**
 * One pipeline for every file: received → checked → matched → merged, or held, unchanged, refused, failed. Published tables:
 * `batch`, `feed_coverage`.
 */
export { getBatch, searchBatches } from './batches/batch-view.ts'
export { rejectFile } from './batches/reject-file.ts'
export type { FeedsDeps, FileWork } from './deps.ts'
export { fileWorkBeside, fileWorkHere } from './pipeline/file-work.ts'
export { importFile } from './receiving/import-file.ts'
export { tableReader } from './receiving/read-table.ts'
export { feedCodesOf } from './receiving/receive-file.ts'
