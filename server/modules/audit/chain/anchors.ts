import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { mkdir, open, readFile, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { isSignedBy, type Signer } from '#server/platform/keys/signer.ts'

/** The head of the chain at some time, kept outside the database: who cuts the chain's end there does not reach it. */
export interface Anchor {
  at: string
  seq: number
  digest: Buffer
  /** SM2 over {@link anchorText}; anchors from before there was a key have none. */
  signature?: Buffer | undefined
}

/** How far the anchors reach, here and in the second place. */
export interface AnchorState {
  /** Whose they are: machine and folder. */
  server: string
  last: Pick<Anchor, 'at' | 'seq'> | undefined
  copied: Pick<Anchor, 'at' | 'seq'> | undefined
  problem: string | null
}

export interface Anchors {
  append(anchor: Anchor): void
  /** Writes the newest head even if the last one was written a moment ago. */
  flush(): void
  /** Writes what has waited a minute, and brings the second place up to date; answers how far both reach. */
  copied(): Promise<AnchorState>
  /** Of both places. */
  list(): Anchor[]
}

export interface AnchorOptions {
  signer?: Signer | undefined
  /** Folder of the second place: on another machine, with another administrator. */
  copyTo?: string | undefined
}

const fileName = 'audit-anchors'
/** Where the server keeps them: beside the database, not in it. */
export const anchorFileIn = (dataDirectory: string) => path.join(dataDirectory, `${fileName}.log`)

/** What is signed; `printf '%s'` of it is what openssl verifies. */
export const anchorText = ({ at, seq, digest }: Anchor) =>
  `shouwang-anchor ${at} ${seq} ${digest.toString('hex')}`

/** Anchors that name a signature which is not one of the public key's owner. */
export function forgedAnchors(anchors: readonly Anchor[], publicKey: string): Anchor[] {
  return anchors.filter(
    (anchor) => anchor.signature && !isSignedBy(publicKey, anchorText(anchor), anchor.signature),
  )
}

const everyMs = 60_000

/**
 * Anchors as lines of a file: instant, place, digest, signature. At most one a minute is written, and flushed to the disk; each is
 * copied to a second place where one is configured, and the public key beside both.
 */
export function fileAnchors(file: string, { signer, copyTo }: AnchorOptions = {}): Anchors {
  const server = `${os.hostname()}:${path.dirname(path.resolve(file))}`
  const copy = copyTo && secondPlace(copyTo, server)
  let writtenAt = 0
  let kept: Anchor | undefined
  let last: AnchorState['last'] = existsSync(file) ? readAnchors(file).at(-1) : undefined
  let copied: AnchorState['copied']
  let problem: string | null = null
  /** Lines the second place has not; undefined until it was looked at. */
  let waiting: string[] | undefined
  /** A line that was written in part ends where the next one begins. */
  let margin = '\n'

  function write(anchor: Anchor) {
    const line = `${anchor.at} ${anchor.seq} ${anchor.digest.toString('hex')}`
    const signature = signer?.sign(anchorText(anchor)).toString('base64')
    const whole = signature ? `${line} ${signature}` : line
    if (signer && !existsSync(keyBeside(file))) writeFileSync(keyBeside(file), signer.publicKey)
    const handle = openSync(file, 'a', 0o600)
    try {
      writeSync(handle, `${margin}${whole}\n`)
      fsyncSync(handle)
      margin = ''
    } catch (error) {
      margin = '\n'
      throw error
    } finally {
      closeSync(handle)
    }
    writtenAt = Date.now()
    kept = undefined
    last = anchor
    if (copy) waiting?.push(whole)
  }

  async function bringCopy(to: string) {
    let start = ''
    if (!waiting) {
      const there = await linesIfAny(to)
      const here = await linesIfAny(file)
      const known = new Set(there)
      start = '\n'
      waiting = here.filter((line) => !known.has(line))
      copied = there.flatMap(readLine).at(-1)
      if (signer) await writeFile(keyBeside(to), signer.publicKey)
    }
    const lines = [...waiting]
    if (lines.length === 0) return
    const handle = await open(to, 'a', 0o600)
    try {
      await handle.write(`${start}${lines.join('\n')}\n`)
      await handle.sync()
    } finally {
      await handle.close()
    }
    waiting.splice(0, lines.length)
    copied = lines.flatMap(readLine).at(-1)
  }

  return {
    append({ at, ...anchor }) {
      kept = { at: `${at}Z`, ...anchor }
      if (Date.now() - writtenAt >= everyMs) write(kept)
    },
    flush() {
      if (kept) write(kept)
    },
    async copied() {
      if (kept && Date.now() - writtenAt >= everyMs) write(kept)
      if (copy && copyTo) {
        try {
          await mkdir(copyTo, { recursive: true, mode: 0o700 })
          await bringCopy(copy)
          problem = null
        } catch (error) {
          // Begun anew the next time: a line written in part is no anchor, and its whole is added behind it.
          waiting = undefined
          problem = error instanceof Error ? error.message : String(error)
        }
      }
      return { server, last, copied, problem }
    },
    list: () => [file, ...(copy ? [copy] : [])].flatMap((one) => (existsSync(one) ? readAnchors(one) : [])),
  }
}

/** Several servers may share the second place. */
const secondPlace = (folder: string, server: string) =>
  path.join(folder, `${fileName}-${server.replaceAll(/[^\w.-]+/g, '_')}.log`)

const keyBeside = (file: string) => file.replace(/\.log$/, '.pub.pem')

export const readAnchors = (file: string): Anchor[] =>
  readFileSync(file, 'utf8').split('\n').flatMap(readLine)

async function linesIfAny(file: string): Promise<string[]> {
  return readFile(file, 'utf8').then(
    (text) => text.split('\n').filter((line) => line !== ''),
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw error
    },
  )
}

function readLine(line: string): Anchor[] {
  const [, at = '', seq, digest = '', signature] =
    /^(\S+) (\d+) ([0-9a-f]{64})(?: ([A-Za-z0-9+/=]+))?$/.exec(line) ?? []
  if (seq === undefined) return []
  return [
    {
      ...{ at, seq: Number(seq), digest: Buffer.from(digest, 'hex') },
      signature: signature === undefined ? undefined : Buffer.from(signature, 'base64'),
    },
  ]
}
