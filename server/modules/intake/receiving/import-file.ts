import { areaScope } from '#server/modules/divisions/index.ts'
import type { FeedsDeps } from '../deps.ts'
import { processBatch } from '../pipeline/process-batch.ts'
import type { ProgressListener } from '../pipeline/progress.ts'
import { type CreatedBatch, createBatch, type NewBatch } from './create-batch.ts'
import { type ReceivedFile, receiveFile, type Sender } from './receive-file.ts'

const province = 340_000_000_000

/** The command line acts for the whole province and no account. */
export const commandLine: Sender = {
  userId: null,
  scope: areaScope(province),
  area: province,
  department: null,
}

/** Receives a file and takes it all the way, as the web does in three steps; resolves in the state the batch came to. */
export async function importFile(
  deps: FeedsDeps,
  file: ReceivedFile,
  request: Omit<NewBatch, 'upload'>,
  listener?: ProgressListener,
): Promise<CreatedBatch> {
  const { upload } = await receiveFile(deps, commandLine, file)
  const batch = await createBatch(deps, commandLine, { ...request, upload })
  return { ...batch, state: await processBatch(deps, batch.id, listener) }
}
