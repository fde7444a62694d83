/** What a benchmark may be told on the command line. */
export interface BenchOptions {
  households?: number
  rows?: number
  /** Kind of file, where the benchmark writes one. */
  format?: 'csv' | 'xlsx'
  seed: number
  /** Folder kept for the data; a temporary one when left out. */
  out?: string
  /** Files without dirt, to tell the rules' faults from the files'. */
  clean?: boolean
  /** Every account instead of one of each role and level. */
  all?: boolean
  /** Of the faults: one work, kinds whose names begin so, and how many of the moments. */
  work?: string
  kind?: string
  moments?: number
  /** How long, where a benchmark lasts as long as it is told. */
  minutes?: number
}

/** What a benchmark found: printed as one JSON object, the last line. */
export type BenchFigures = Record<string, unknown>

/** Progress for people; the result alone goes to the output. */
export function print(text: string): void {
  console.error(text)
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const [low = 0, high = low] =
    sorted.length % 2 === 1 ? [sorted[middle]] : sorted.slice(middle - 1, middle + 1)
  return (low + high) / 2
}

export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}
