import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setPriority } from 'node:os'
import path from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { DamagedPiece, openSealBox } from './seal-box.ts'
import { folderStore, piecePart } from './store.ts'

/** A piece to be sealed, or the tag of one to be read back. */
export type PieceTask =
  | { id: number; plain: Uint8Array }
  | { id: number; verify: string; digest: Uint8Array | undefined }

export interface PieceAnswer {
  id: number
  error?: Error
  tag?: string
  /** Whether the folder had it already. */
  kept?: boolean
  /** SHA-256 of what was handed to the disk, to hold what is read back against. */
  digest?: Uint8Array
  /** Where there is no folder to write it to. */
  sealed?: Uint8Array
  /** The bytes that were sealed, back to be used again. */
  plain?: Uint8Array
}

export interface PieceWorkerData {
  key: Uint8Array
  folder: string | undefined
}

/** One thread that compresses, seals, writes and reads back pieces. */
// This thread alone: whoever follows the WAL beside it must not wait (under a load of 11 it was 11 s behind at this priority).
setPriority(10)
const { key, folder } = workerData as PieceWorkerData
const box = openSealBox(key)
const store = folder === undefined ? undefined : folderStore(folder)

async function write(plain: Uint8Array): Promise<Omit<PieceAnswer, 'id'>> {
  const piece = box.seal('', plain)
  const tag = piece.tag.toString('hex')
  if (!store) return { tag, sealed: piece.sealed() }
  if ((await store.sizeOf(piecePart(tag))) === piece.length) return { tag, kept: true }
  const sealed = piece.sealed()
  await store.write(piecePart(tag), sealed)
  return { tag, digest: createHash('sha256').update(sealed).digest() }
}

/** What was there before is opened; what is new is compared with what was written. */
async function verify(tag: string, digest: Uint8Array | undefined): Promise<void> {
  const sealed = await readFile(path.join(folder ?? '', piecePart(tag)))
  if (!digest) box.open('', Buffer.from(tag, 'hex'), sealed)
  else if (!createHash('sha256').update(sealed).digest().equals(digest))
    throw new DamagedPiece(`a piece of the backup is not what was written: ${tag}`)
}

parentPort?.on('message', async (task: PieceTask) => {
  try {
    if ('plain' in task) {
      const { id, plain } = task
      const answer: PieceAnswer = { id, ...(await write(plain)), plain }
      parentPort?.postMessage(answer, [plain.buffer as ArrayBuffer])
    } else {
      await verify(task.verify, task.digest)
      parentPort?.postMessage({ id: task.id } satisfies PieceAnswer)
    }
  } catch (error) {
    parentPort?.postMessage({ id: task.id, error: error as Error } satisfies PieceAnswer)
  }
})
