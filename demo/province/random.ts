/**
 * Seeded random numbers: sfc32 (Chris Doty-Humphrey's small fast counter, 128 bits of state), its state filled from the
 * keys by murmur3's finaliser. Every household and purpose draws from a stream of its own, so that a change in one place
 * leaves the rest of the province as it was. Nothing here depends on the clock or on Math.random.
 */
export class Random {
  private a: number
  private b: number
  private c: number
  private counter = 1

  constructor(...keys: readonly number[]) {
    let state = 0x9e3779b9
    for (const key of keys) state = mix(state ^ mix(key | 0) ^ mix(Math.floor(key / 2 ** 32) + 0x51ed27))
    this.a = mix(state + 0x6d2b79f5)
    this.b = mix(state + 0xdaa66d2b)
    this.c = mix(state + 0x47fa60e0)
    for (let i = 0; i < 8; i++) this.next()
  }

  /** 32 random bits. */
  next(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0
    return sum >>> 0
  }

  /** In [0, 1). */
  unit(): number {
    return this.next() / 2 ** 32
  }

  /** Whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.unit() * (high - low + 1))
  }

  chance(share: number): boolean {
    return this.unit() < share
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[Math.floor(this.unit() * list.length)] ?? list[0]
  }

  /** One of the weighted values; the weights need not add up to anything. */
  weighted<T>(table: Weighted<T>): T {
    let left = this.unit() * table.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [value, weight] of table) {
      left -= weight
      if (left < 0) return value
    }
    return table[0][0]
  }

  /** Standard normal. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.unit()))
    return radius * Math.cos(2 * Math.PI * this.unit())
  }

  lognormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.normal())
  }
}

export type Weighted<T> = readonly [readonly [T, number], ...(readonly (readonly [T, number])[])]

function mix(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

/** Distribution function of the standard normal (Abramowitz and Stegun 26.2.17, error below 1e-7). */
export function normalShare(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z))
  const poly =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  const tail = Math.exp((-z * z) / 2) * 0.3989422804014327 * poly
  return z > 0 ? 1 - tail : tail
}
