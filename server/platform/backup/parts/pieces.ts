import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { PieceAnswer, PieceTask, PieceWorkerData } from './piece-worker.ts'
import type { Repository } from './repository.ts'
import { piecePart } from './store.ts'

const pieceBytes = 2 ** 20
/** Pieces on their way for each thread: one is sealed while another is written. */
const perThread = 3

export interface PieceCount {
  written: number
  /** Pieces that were there already: of an earlier backup, or of one that was interrupted. */
  kept: number
}

export interface PieceWriter {
  readonly count: PieceCount
  /** Keeps a file; its tags are all there once {@link finish} has resolved. */
  add(source: AsyncIterable<Buffer>): Promise<{ size: number; pieces: string[] }>
  /** Waits until everything that was added is kept. */
  finish(): Promise<void>
  /** Reads back every piece the backup stands on. Throws `DamagedPiece`. */
  verify(): Promise<void>
  close(): Promise<void>
}

/** Cuts files into pieces and has them sealed on every core: SM4 is what takes the time. */
export function pieceWriter(repository: Repository): PieceWriter {
  const count: PieceCount = { written: 0, kept: 0 }
  const threads = openThreads(repository)
  /** SHA-256 of what was written now, undefined for what was there, by tag. */
  const digests = new Map<string, Uint8Array | undefined>()

  /** Buffers that came back from the threads: fresh ones cost as much as what is done with them. */
  const free: ArrayBuffer[] = []
  const freshBuffer = () => new Uint8Array(free.pop() ?? Buffer.allocUnsafeSlow(pieceBytes).buffer)

  async function keep(plain: Uint8Array): Promise<string> {
    const { tag = '', kept, digest, sealed, plain: back } = await threads.run((id) => ({ id, plain }), plain)
    if (back) free.push(back.buffer as ArrayBuffer)
    if (digests.has(tag)) return tag
    if (sealed) await repository.store.write(piecePart(tag), Buffer.from(sealed))
    count[kept ? 'kept' : 'written'] += 1
    digests.set(tag, digest)
    return tag
  }

  return {
    count,
    async add(source) {
      const pieces: string[] = []
      let size = 0
      let at = 0
      const hand = async (plain: Uint8Array) => {
        const index = at++
        await threads.room()
        threads.watch(
          keep(plain).then((tag) => {
            pieces[index] = tag
          }),
        )
      }
      let buffer = freshBuffer()
      let filled = 0
      for await (const part of source) {
        size += part.length
        for (let from = 0; from < part.length; ) {
          const copied = part.copy(buffer, filled, from)
          filled += copied
          from += copied
          if (filled < pieceBytes) continue
          await hand(buffer)
          buffer = freshBuffer()
          filled = 0
        }
      }
      if (filled > 0) await hand(buffer.subarray(0, filled))
      else free.push(buffer.buffer as ArrayBuffer)
      return { size, pieces }
    },
    finish: threads.finish,
    async verify() {
      if (!repository.folder) return
      for (const [tag, digest] of digests) {
        await threads.room()
        threads.watch(threads.run((id) => ({ id, verify: tag, digest })))
      }
      await threads.finish()
    },
    close: threads.close,
  }
}

/** As many threads as there are cores, each with some tasks; the first failure is thrown to whoever waits next. */
function openThreads({ key, folder }: Repository) {
  const waiting = new Map<number, (answer: PieceAnswer) => void>()
  const running = new Set<Promise<unknown>>()
  let failure: { error: unknown } | undefined
  let next = 0
  const workers = Array.from({ length: availableParallelism() }, () => {
    const data: PieceWorkerData = { key, folder }
    const worker = new Worker(new URL('./piece-worker.ts', import.meta.url), { workerData: data })
    worker.on('message', (answer: PieceAnswer) => {
      waiting.get(answer.id)?.(answer)
      waiting.delete(answer.id)
    })
    worker.on('error', (error) => {
      for (const [id, answer] of waiting) answer({ id, error })
      waiting.clear()
    })
    return worker
  })
  const check = () => {
    if (failure) throw failure.error
  }
  return {
    /** `plain` goes to the thread and is gone here. */
    run(task: (id: number) => PieceTask, plain?: Uint8Array): Promise<PieceAnswer> {
      return new Promise((resolve, reject) => {
        const id = next++
        waiting.set(id, (answer) => (answer.error ? reject(answer.error) : resolve(answer)))
        const transfer = plain ? [plain.buffer as ArrayBuffer] : []
        workers[id % workers.length]?.postMessage(task(id), transfer)
      })
    },
    watch(task: Promise<unknown>) {
      const watched = task
        .catch((error: unknown) => {
          failure ??= { error }
        })
        .finally(() => running.delete(watched))
      running.add(watched)
    },
    /** Resolves when another task may be given. */
    async room() {
      check()
      while (running.size >= workers.length * perThread) await Promise.race(running)
    },
    async finish() {
      await Promise.all(running)
      check()
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}
