/** Most values kept; a file of more is looked at in even steps. */
const most = 4096

/** The median of a stream of numbers, exact up to 4,096 of them and of an even sample beyond, in memory that does not grow. */
export interface MedianSample {
  add(value: number): void
  median(): number | null
  readonly count: number
  /** The values kept, each of which stands for `step`. */
  readonly kept: { values: readonly number[]; step: number }
}

export function openMedian(): MedianSample {
  let values: number[] = []
  let step = 1
  let wait = 0
  let seen = 0
  return {
    add(value) {
      seen++
      if (wait-- > 0) return
      wait = step - 1
      values.push(value)
      if (values.length < most) return
      values = values.filter((_, i) => i % 2 === 0)
      step *= 2
    },
    median: () => medianOf(values),
    get kept() {
      return { values, step }
    },
    get count() {
      return seen
    },
  }
}

/** Null of nothing; the lower of two in the middle, so that it is a figure of the file. */
export function medianOf(values: readonly number[]): number | null {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? null
}

/** Of several samples as of one; every value counts for as many as it stands for. */
export function medianAcross(samples: readonly MedianSample[]): number | null {
  const all = samples.flatMap(({ kept: { values, step } }) => values.map((value) => ({ value, step })))
  const half = all.reduce((sum, { step }) => sum + step, 0) / 2
  let passed = 0
  for (const { value, step } of all.sort((a, b) => a.value - b.value)) {
    passed += step
    if (passed >= half) return value
  }
  return null
}
