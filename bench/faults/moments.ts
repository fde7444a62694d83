/** How far the work has come when the fault strikes; what each means, its work says. */
export const moments = [
  { number: 1, name: 'begun' },
  { number: 2, name: 'sent' },
  { number: 3, name: 'under way' },
  { number: 4, name: 'about to end' },
  { number: 5, name: 'just done' },
] as const

/** So many of them, in their order; kinds that follow each other begin with others, so that a short run meets all. */
export function momentsOf(kind: number, howMany: number) {
  const taken = Array.from(
    { length: Math.min(howMany, moments.length) },
    (_, i) => (kind + i) % moments.length,
  )
  return moments.filter((_, at) => taken.includes(at))
}

/** One of a few numbers, the same for the same seed. */
export function chosen(seed: number, of: number): number {
  let state = (seed * 2_654_435_761) >>> 0
  state = ((state ^ (state >>> 15)) * 2_246_822_519) >>> 0
  return ((state ^ (state >>> 13)) >>> 0) % of
}
