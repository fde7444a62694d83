/** Work of many callers, done one at a time: who calls often waits behind those who call seldom. */
export class FairQueue<T> {
  readonly #waiting = new Map<string, T[]>()
  readonly #mostPerCaller: number
  readonly #most: number
  #length = 0

  constructor({ mostPerCaller, most }: { mostPerCaller: number; most: number }) {
    this.#mostPerCaller = mostPerCaller
    this.#most = most
  }

  get length(): number {
    return this.#length
  }

  /** Whether there was room, for this caller and at all. */
  add(caller: string, item: T): boolean {
    const own = this.#waiting.get(caller) ?? []
    if (this.#length >= this.#most || own.length >= this.#mostPerCaller) return false
    own.push(item)
    this.#waiting.set(caller, own)
    this.#length++
    return true
  }

  /** The oldest of the caller whose turn it is; callers take turns. */
  take(): T | undefined {
    const [next] = this.#waiting
    if (!next) return undefined
    const [caller, items] = next
    const item = items.shift()
    this.#waiting.delete(caller)
    if (items.length > 0) this.#waiting.set(caller, items)
    this.#length--
    return item
  }
}
