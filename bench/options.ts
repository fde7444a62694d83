/** What every benchmark may be told on the command line. */
export interface BenchOptions {
  households?: number
  rows?: number
  seed?: number
  /** Folder kept for the data; a temporary one when left out. */
  out?: string
  /** Only the last line, for machines. */
  json: boolean
}

/** What stands on the terminal while a benchmark runs. */
export function say({ json }: BenchOptions, text: string): void {
  if (!json) console.error(text)
}
