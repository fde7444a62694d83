import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type FromProcess, fromPlain, type ToProcess } from './messages.ts'

export interface WorkerProcessOptions {
  /** The module that calls `serveTasks`. */
  entry: URL
  /** Read anew whenever the process is started. Goes through the pipe, never through arguments or the environment. */
  opening: () => unknown
  /** Resident memory above which the process is ended. */
  memoryMb: number
  /** It ends after so long without work, so that its memory goes back. */
  idleMs?: number
}

/** A process ended in the middle of a task: by itself or a stranger, for want of memory, or because it was stopped here. */
export class WorkerEnded extends Error {
  readonly why: 'ended' | 'out-of-memory' | 'stopped'

  constructor(how: string, why: WorkerEnded['why'] = 'ended') {
    super(`the process ended: ${how}`)
    this.why = why
  }
}

interface Running {
  child: ChildProcess
  isOpen: boolean
}

/** JavaScript's own part; the rest of the limit is for buffers, text and native libraries. */
const heapShare = 0.75
const watchMs = 250
const defaultIdleMs = 60_000

/**
 * Heavy work in a process of its own: started with the first task, its tasks one after the other, with a limit of memory. When it ends
 * in the middle of a task, that task alone fails with `WorkerEnded`; the next starts it anew.
 */
export class WorkerProcess {
  readonly #options: WorkerProcessOptions
  #running: Running | undefined
  #turn: Promise<unknown> = Promise.resolve()
  #idle: NodeJS.Timeout | undefined
  #isStopped = false

  constructor(options: WorkerProcessOptions) {
    this.#options = options
  }

  run<Answer>(task: string, input: unknown): Promise<Answer> {
    const mine = this.#turn.then(() => this.#runNow(task, input))
    this.#turn = mine.catch(() => undefined)
    return mine as Promise<Answer>
  }

  /** Ends it, also in the middle of a task. */
  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#end()
  }

  async #runNow(task: string, input: unknown): Promise<unknown> {
    if (this.#isStopped) throw new WorkerEnded('it was stopped', 'stopped')
    clearTimeout(this.#idle)
    if (!this.#running || hasEnded(this.#running.child)) this.#running = this.#start()
    const running = this.#running
    try {
      if (!running.isOpen) {
        await this.#exchange(running, { opening: this.#options.opening() })
        running.isOpen = true
      }
      return await this.#exchange(running, { task, input })
    } finally {
      if (!this.#isStopped) this.#idle = setTimeout(() => this.#end(), this.#options.idleMs ?? defaultIdleMs)
    }
  }

  #start(): Running {
    const heapMb = Math.round(this.#options.memoryMb * heapShare)
    const execArgv = [...process.execArgv, `--max-old-space-size=${heapMb}`]
    const child = fork(this.#options.entry, [], { execArgv, serialization: 'advanced' })
    // What fails while nothing is asked of it is seen with the next task.
    child.on('error', () => undefined)
    return { child, isOpen: false }
  }

  async #exchange({ child }: Running, message: ToProcess): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    let isTooLarge = false
    const onMessage = (reply: FromProcess) => {
      if ('failure' in reply) reject(fromPlain(reply.failure))
      else resolve('answer' in reply ? reply.answer : undefined)
    }
    const onExit = (code: number | null, signal: NodeJS.Signals | null) => {
      // V8 aborts where its heap is used up.
      const isUsedUp = isTooLarge || signal === 'SIGABRT' || code === 134
      const why = this.#isStopped ? 'stopped' : isUsedUp ? 'out-of-memory' : 'ended'
      reject(new WorkerEnded(signal ?? `code ${code}`, why))
    }
    const watch = setInterval(() => {
      isTooLarge ||= residentMb(child.pid) > this.#options.memoryMb
      if (isTooLarge) child.kill('SIGKILL')
    }, watchMs)
    child.on('message', onMessage).on('exit', onExit)
    child.send(message, (error) => error && reject(new WorkerEnded(error.message)))
    try {
      return await promise
    } finally {
      clearInterval(watch)
      child.off('message', onMessage).off('exit', onExit)
    }
  }

  async #end(): Promise<void> {
    clearTimeout(this.#idle)
    const child = this.#running?.child
    this.#running = undefined
    if (!child || hasEnded(child)) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null

/** Zero where the system does not say (only Linux has the file): then the limit of the heap alone holds. */
function residentMb(pid: number | undefined): number {
  try {
    const pages = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]
    return (Number(pages) * 4096) / 2 ** 20
  } catch {
    return 0
  }
}
