import { once } from 'node:events'
import { Readable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** Streams COPY text (tab-separated lines, many to a chunk) into `target`, e.g. `stage(row_no, name)`; memory stays flat. */
export async function copyRows(
  client: pg.PoolClient,
  target: string,
  chunks: AsyncIterable<string | Buffer>,
) {
  const stream = client.query(copyFrom(`copy ${target} from stdin`))
  await pipeline(Readable.from(chunks, { objectMode: false }), stream)
  return stream.rowCount
}

export interface CopyWriter {
  /**
   * Writes lines; resolves late when the database is behind, so that memory stays flat. `free` is called when the bytes
   * are on their way and their buffer may be used again.
   */
  write(lines: string | Buffer, free?: () => void): Promise<void>
  /** Ends the COPY and answers how many rows were stored. */
  finish(): Promise<number>
  /** Gives up; nothing of this COPY is stored. */
  abort(): Promise<void>
}

/** Enough for both sides to work at once. */
const aheadBytes = 2 * 1024 * 1024

/** COPY text pushed as it is made, the counterpart of {@link copyRows} for a producer that feeds several tables. */
export function openCopy(client: pg.PoolClient, target: string): CopyWriter {
  const stream = client.query(copyFrom(`copy ${target} from stdin`, { highWaterMark: aheadBytes }))
  let failed: Error | undefined
  stream.on('error', (error) => {
    failed = error
  })
  return {
    async write(lines, free) {
      if (failed) throw failed
      if (!stream.write(lines, free && (() => free())))
        await Promise.race([once(stream, 'drain'), once(stream, 'finish')])
    },
    async finish() {
      if (failed) throw failed
      stream.end()
      await finished(stream)
      return stream.rowCount
    },
    async abort() {
      // What failed has ended by itself; of a connection that is gone nothing more would come.
      if (failed) return
      stream.destroy()
      await finished(stream).catch(() => undefined)
    },
  }
}

const special = /[\\\t\n\r]/
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** One field of COPY text; null is `\N`. */
export function copyField(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return '\\N'
  if (typeof value !== 'string') return value === true ? 't' : value === false ? 'f' : String(value)
  return special.test(value) ? value.replace(/[\\\t\n\r]/g, (c) => escapes[c] ?? c) : value
}
