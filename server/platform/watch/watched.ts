/** request: a route of the API; job: a piece of background work; statement: one of SQL. */
export type WatchedKind = 'request' | 'job' | 'statement'

/**
 * Sees what is done and how long it takes. It is told names from the code alone: routes, queues, verbs and tables; never what was asked
 * or answered.
 */
export interface Watcher {
  run<T>(kind: WatchedKind, name: string, work: () => Promise<T>): Promise<T>
}

let watchers: readonly Watcher[] = []

/** Has `watcher` see everything from now on; answers how to end that. */
export function watch(watcher: Watcher): () => void {
  watchers = [...watchers, watcher]
  return () => {
    watchers = watchers.filter((one) => one !== watcher)
  }
}

export const isWatched = () => watchers.length > 0

/** Does `work` under the eyes of whoever watches. */
export function watched<T>(kind: WatchedKind, name: string, work: () => Promise<T>): Promise<T> {
  return watchers.reduceRight<() => Promise<T>>((inner, one) => () => one.run(kind, name, inner), work)()
}

const kept = /^\s*\/\* keep: ([a-z-]+) \*\//
const verb = /^\s*(?:\/\*[^*]*\*\/\s*)?([a-z]+)/i
const table = /\b(?:from|into|update|copy|table)\s+(?:only\s+)?([a-z_]{1,63}(?:\.[a-z_]{1,63})?)/i

/** What a statement is called: its verb and the first table it names. Texts of statements may hold figures, names of tables do not. */
export function statementName(text: string): string {
  const own = kept.exec(text)?.[1]
  if (own) return own
  const [, does = 'other'] = verb.exec(text) ?? []
  const [, on] = table.exec(text) ?? []
  return [does.toLowerCase(), on?.toLowerCase()].filter(Boolean).join(' ')
}
