import { AppError } from '../errors.ts'

/**
 * Buckets of tokens, one for each key: a key has a minute's worth, or as many as configured, at once and gets them back evenly. Kept in this process, so
 * several servers allow several times as much. Keys not seen for the longest time are dropped when there are too many: by then
 * their buckets are full again, unless more addresses than this take part at once.
 */
export class Rates {
  readonly #perMinute: number
  readonly #most: number
  readonly #now: () => number
  readonly #buckets = new Map<string, { tokens: number; at: number }>()
  static readonly mostKeys = 100_000

  constructor(perMinute: number, now: () => number = () => performance.now(), most = perMinute) {
    this.#perMinute = perMinute
    this.#most = most
    this.#now = now
  }

  /** Takes one token. Throws `too-many-requests` with the seconds until there is one. */
  take(key: string): void {
    const now = this.#now()
    const perMs = this.#perMinute / 60_000
    const known = this.#buckets.get(key)
    const tokens = known ? Math.min(this.#most, known.tokens + (now - known.at) * perMs) : this.#most
    this.#buckets.delete(key)
    // A refused request costs nothing: whoever waits as long gets through.
    this.#buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now })
    if (this.#buckets.size > Rates.mostKeys) this.#dropOldest()
    if (tokens >= 1) return
    throw new AppError('too-many-requests', { retryAfterSeconds: Math.ceil((1 - tokens) / perMs / 1000) })
  }

  #dropOldest() {
    const [oldest] = this.#buckets.keys()
    if (oldest !== undefined) this.#buckets.delete(oldest)
  }
}
