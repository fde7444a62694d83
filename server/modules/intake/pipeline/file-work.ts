import { columnFor, feeds } from '#server/modules/feeds/index.ts'
import { type FileInspection, inspectFile } from '#server/modules/readers/index.ts'
import { AppError } from '#server/platform/errors.ts'
import { openStoredFile } from '#server/platform/files/file-store.ts'
import { WorkerEnded, type WorkerProcess } from '#server/platform/processes/worker-process.ts'
import type { FeedsDeps, FileWork } from '../deps.ts'
import type { BatchState } from './intake.ts'
import { failBatch, processBatch } from './process-batch.ts'

type InspectDeps = Pick<FeedsDeps, 'fileDirectory' | 'vault'>

const isKnownHeader = (header: string) => feeds.some((feed) => columnFor(feed, header) !== undefined)

/** Looks into a stored file; headers of any feed are known. */
export async function inspectStored(
  { fileDirectory, vault }: InspectDeps,
  ref: string,
  fileName: string,
): Promise<FileInspection> {
  const file = await openStoredFile(fileDirectory, vault.fileKeys(), ref)
  return inspectFile(file, fileName, isKnownHeader).finally(() => file.close())
}

/** The work in this process: the command line's, and that of a process which does nothing else. */
export function fileWorkHere(deps: FeedsDeps): FileWork {
  return {
    inspect: (ref, fileName) => inspectStored(deps, ref, fileName),
    process: (batchId) => processBatch(deps, batchId),
  }
}

/** Ended from outside, a batch is begun anew; so often, and the file is to blame. */
const mostEndings = 3
const tooLarge = { reason: 'too-large' as const, what: 'memory' }

/**
 * The same in processes of their own, one for looking and one for batches, so that nobody waits with an upload for another's batch. A
 * file that takes more memory than there is ends itself, as `file-unreadable`, and nothing else.
 */
export function fileWorkBeside(
  deps: FeedsDeps,
  { looking, taking }: { looking: WorkerProcess; taking: WorkerProcess },
): FileWork {
  return {
    async inspect(ref, fileName) {
      try {
        return await looking.run<FileInspection>('inspect', { ref, fileName })
      } catch (error) {
        if (!(error instanceof WorkerEnded && error.why === 'out-of-memory')) throw error
        return { ok: false, code: 'file-unreadable', details: tooLarge }
      }
    },
    async process(batchId) {
      for (let ending = 1; ; ending++) {
        try {
          return await taking.run<BatchState>('process', { batchId })
        } catch (error) {
          if (!(error instanceof WorkerEnded) || error.why === 'stopped') throw error
          deps.log.error({ err: error, batch: batchId, ending }, 'the process of a batch ended')
          if (error.why === 'out-of-memory')
            return failBatch(deps, batchId, new AppError('file-unreadable', tooLarge))
          if (ending === mostEndings) return failBatch(deps, batchId, error)
        }
      }
    },
  }
}
