import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import path from 'node:path'

/** The head of the chain at some time, kept outside the database: who cuts the chain's end there does not reach it. */
export interface Anchor {
  at: string
  seq: number
  digest: Buffer
}

export interface Anchors {
  append(anchor: Anchor): void
  /** Writes the newest head even if the last one was written a moment ago. */
  flush(): void
  list(): Anchor[]
}

/** Where the server keeps them: beside the database, not in it. */
export const anchorFileIn = (dataDirectory: string) => path.join(dataDirectory, 'audit-anchors.log')

const everyMs = 60_000

/**
 * Anchors as lines of a file: instant, place, digest. At most one a minute is written, and flushed to the disk; whoever keeps a
 * copy of the file elsewhere can prove the audit up to there.
 */
export function fileAnchors(file: string): Anchors {
  let writtenAt = 0
  let kept: Anchor | undefined
  function write({ at, seq, digest }: Anchor) {
    const handle = openSync(file, 'a', 0o600)
    try {
      writeSync(handle, `${at}Z ${seq} ${digest.toString('hex')}\n`)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    writtenAt = Date.now()
    kept = undefined
  }
  return {
    append(anchor) {
      kept = anchor
      if (Date.now() - writtenAt >= everyMs) write(anchor)
    },
    flush() {
      if (kept) write(kept)
    },
    list() {
      if (!existsSync(file)) return []
      return readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line) => {
          const [, at = '', seq, digest = ''] = /^(\S+) (\d+) ([0-9a-f]{64})$/.exec(line) ?? []
          return seq === undefined ? [] : [{ at, seq: Number(seq), digest: Buffer.from(digest, 'hex') }]
        })
    },
  }
}
