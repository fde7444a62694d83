/** How far the work has come when the fault strikes; what each means, its work says. */
export const moments = [
  { number: 1, name: 'begun' },
  { number: 2, name: 'sent' },
  { number: 3, name: 'under way' },
  { number: 4, name: 'about to end' },
  { number: 5, name: 'just done' },
] as const

/** One of a few numbers, the same for the same seed. */
export function chosen(seed: number, of: number): number {
  let state = (seed * 2_654_435_761) >>> 0
  state = ((state ^ (state >>> 15)) * 2_246_822_519) >>> 0
  return ((state ^ (state >>> 13)) >>> 0) % of
}
