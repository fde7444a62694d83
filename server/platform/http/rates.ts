import { outageLevel } from '../database/away.ts'
import { longestMessage, openBroadcast } from '../database/broadcast.ts'
import { AppError } from '../errors.ts'
import type { Logger } from '../log.ts'

/**
 * Buckets of tokens, one for each key: a key has a minute's worth, or as many as configured, at once and gets them back evenly. Kept in this process; what
 * other servers on the same database let through is taken off as they tell it ({@link shareRates}). Keys not seen for the longest time are dropped when there are too many: by then
 * their buckets are full again, unless more addresses than this take part at once.
 */
export class Rates {
  readonly #perMinute: number
  readonly #most: number
  readonly #now: () => number
  readonly #buckets = new Map<string, { tokens: number; at: number }>()
  /** Taken here and not told yet; nothing is kept while there is nobody to tell. */
  #untold: Map<string, number> | undefined
  static readonly mostKeys = 100_000

  constructor(perMinute: number, now: () => number = () => performance.now(), most = perMinute) {
    this.#perMinute = perMinute
    this.#most = most
    this.#now = now
  }

  /** Takes one token. Throws `too-many-requests` with the seconds until there is one. */
  take(key: string): void {
    const tokens = this.#tokensOf(key)
    // A refused request costs nothing: whoever waits as long gets through.
    this.#keep(key, tokens >= 1 ? tokens - 1 : tokens)
    if (tokens < 1)
      throw new AppError('too-many-requests', {
        retryAfterSeconds: Math.ceil((1 - tokens) / this.#perMs / 1000),
      })
    this.#untold?.set(key, (this.#untold.get(key) ?? 0) + 1)
  }

  /** Takes off what another server let through; below nothing, if both did at once. */
  takeElsewhere(key: string, count: number): void {
    this.#keep(key, Math.max(-this.#most, this.#tokensOf(key) - count))
  }

  /** What was taken here since the last call, the most first. */
  untold(): [key: string, count: number][] {
    const untold = [...(this.#untold ?? [])].toSorted(([, a], [, b]) => b - a)
    this.#untold = new Map()
    return untold
  }

  get #perMs() {
    return this.#perMinute / 60_000
  }

  #tokensOf(key: string): number {
    const known = this.#buckets.get(key)
    return known ? Math.min(this.#most, known.tokens + (this.#now() - known.at) * this.#perMs) : this.#most
  }

  #keep(key: string, tokens: number) {
    this.#buckets.delete(key)
    this.#buckets.set(key, { tokens, at: this.#now() })
    if (this.#buckets.size > Rates.mostKeys) this.#dropOldest()
  }

  #dropOldest() {
    const [oldest] = this.#buckets.keys()
    if (oldest !== undefined) this.#buckets.delete(oldest)
  }
}

const shareEveryMs = 500
/** Of a round: a flood from more addresses than this is not one that rates could stop. */
const mostMessages = 50

/** Lets the servers on one database count together: within half a second each knows what the others let through. Answers how to end it. */
export function shareRates(
  database: { url: string },
  rates: Readonly<Record<string, Rates>>,
  log: Logger,
): () => Promise<void> {
  const broadcast = openBroadcast(
    database.url,
    'shouwang_rates',
    (text) => {
      for (const [name, key, count] of JSON.parse(text) as [string, string, number][])
        if (Object.hasOwn(rates, name)) rates[name]?.takeElsewhere(key, count)
    },
    log,
  )
  const share = async () => {
    const lines = Object.entries(rates).flatMap(([name, one]) =>
      one.untold().map(([key, count]) => JSON.stringify([name, key, count])),
    )
    for (const message of messagesOf(lines).slice(0, mostMessages)) await broadcast.send(message)
  }
  const timer = setInterval(() => {
    share().catch((error) => log[outageLevel(error)]({ err: error }, 'rates'))
  }, shareEveryMs)
  timer.unref()
  return () => {
    clearInterval(timer)
    return broadcast.close()
  }
}

/** Lines put together to lists, none longer than one message may be. */
function messagesOf(lines: readonly string[]): string[] {
  const messages: string[] = []
  let current: string[] = []
  let bytes = 2
  for (const line of lines) {
    const length = Buffer.byteLength(line) + 1
    if (bytes + length > longestMessage) {
      messages.push(`[${current.join()}]`)
      current = []
      bytes = 2
    }
    current.push(line)
    bytes += length
  }
  if (current.length > 0) messages.push(`[${current.join()}]`)
  return messages
}
