import { Worker } from 'node:worker_threads'
import { AppError } from '#server/platform/errors.ts'
import { FairQueue } from './fair-queue.ts'

/** A password to be hashed, or compared with a known hash. */
export interface HashTask {
  password: string
  known?: string
}

interface Waiting extends HashTask {
  answer(result: string | boolean): void
  fail(error: Error): void
}

/** Room for an office that comes to work at once, from one address. */
const mostPerCaller = 16
const most = 256
const retryAfterSeconds = 5

/**
 * Hashes and compares passwords one at a time on a thread of its own with a low priority, so that a storm of wrong ones slows nobody's
 * pages. Callers (addresses) take turns; beyond what can wait the answer is `too-many-requests` at once.
 */
export class PasswordHasher {
  readonly #queue = new FairQueue<Waiting>({ mostPerCaller, most })
  #worker: Worker | undefined
  #current: Waiting | undefined

  async hash(caller: string, password: string): Promise<string> {
    return String(await this.#ask(caller, { password }))
  }

  async verify(caller: string, password: string, known: string): Promise<boolean> {
    return (await this.#ask(caller, { password, known })) === true
  }

  #ask(caller: string, task: HashTask): Promise<string | boolean> {
    return new Promise((answer, fail) => {
      if (!this.#queue.add(caller, { ...task, answer, fail }))
        return fail(new AppError('too-many-requests', { retryAfterSeconds }))
      this.#next()
    })
  }

  #next() {
    if (this.#current) return
    this.#current = this.#queue.take()
    // A thread that waits for nothing keeps no process alive.
    if (!this.#current) return this.#worker?.unref()
    const { answer, fail, ...task } = this.#current
    this.#worker ??= this.#start()
    this.#worker.ref()
    this.#worker.postMessage(task)
  }

  #start(): Worker {
    const worker = new Worker(new URL('./hash-worker.ts', import.meta.url))
    worker.on('message', (result: string | boolean) => {
      this.#current?.answer(result)
      this.#current = undefined
      this.#next()
    })
    // It is started anew with the next task; the one it had fails, and whoever asked may ask again.
    worker.on('error', (error) => {
      this.#worker = undefined
      this.#current?.fail(error)
      this.#current = undefined
      this.#next()
    })
    return worker
  }
}
