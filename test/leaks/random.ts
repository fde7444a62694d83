/** Numbers that look random and come again with the same seed. */
export interface Random {
  number(below: number): number
  of<T>(list: readonly T[]): T
  some<T>(list: readonly T[], count: number): T[]
  uuid(): string
  /** Another source that begins at a seed of its own. */
  again(seed: number): Random
}

/** mulberry32: 32 bits of state are plenty for choosing among a few hundred things. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) >>> 0
  }
  const number = (below: number) => next() % below
  const hex = (digits: number) => Array.from({ length: digits }, () => number(16).toString(16)).join('')
  return {
    number,
    of(list) {
      const one = list[number(list.length)]
      if (one === undefined) throw new RangeError('nothing to choose from')
      return one
    },
    some(list, count) {
      const left = [...list]
      return Array.from({ length: Math.min(count, left.length) }, () =>
        left.splice(number(left.length), 1),
      ).flat()
    },
    again: seeded,
    uuid: () => `${hex(8)}-${hex(4)}-7${hex(3)}-8${hex(3)}-${hex(12)}`,
  }
}
