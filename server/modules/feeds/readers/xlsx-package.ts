import { pipeline } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { SaxesParser } from 'saxes'
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl'
import type { StoredFile } from '#server/platform/file-store.ts'
import { unreadable } from './problems.ts'

/** A part larger than this, or packed tighter than any real table, is a zip bomb. A million rows of 17 columns make 1 GiB. */
const largestPart = 8 * 1024 ** 3
const tightestRatio = 150
/** Parts read as a whole: workbook, relations, styles. */
const largestSmallPart = 32 * 1024 * 1024

export interface Package {
  names: string[]
  has(name: string): boolean
  /** Unpacked bytes of the part. */
  sizeOf(name: string): number
  chunks(name: string): AsyncGenerator<Buffer>
  /** Calls `open` for every element of a small part, with names freed of their namespace prefix. */
  scan(name: string, open: (element: string, attributes: Record<string, string>) => void): Promise<void>
}

class StoredFileReader extends RandomAccessReader {
  readonly file: StoredFile

  constructor(file: StoredFile) {
    super()
    this.file = file
  }

  override _readStreamForRange(start: number, end: number) {
    return this.file.stream(start, end)
  }
}

export async function openPackage(file: StoredFile): Promise<Package> {
  try {
    const zip = await fromRandomAccessReaderPromise(new StoredFileReader(file), file.size, {
      autoClose: false,
    })
    const entries = new Map<string, Entry>()
    for await (const entry of zip.eachEntry()) {
      if (entries.size > 10_000) throw unreadable('too-large', { parts: entries.size })
      entries.set(keyOf(entry.fileName), entry)
    }
    return packageOf(zip, entries)
  } catch (error) {
    throw asDamage(error)
  }
}

/** Names compare without case, in either slash, from the root or not. */
const keyOf = (name: string) => name.replaceAll('\\', '/').replace(/^\//, '').toLowerCase()

/** The zip and inflate libraries throw plain errors; files store errors and ours pass through. */
function asDamage(error: unknown) {
  return error instanceof Error && 'code' in error && error.name === 'AppError'
    ? error
    : unreadable('damaged', {}, error)
}

function packageOf(zip: ZipFile, entries: Map<string, Entry>): Package {
  function entryOf(name: string) {
    const entry = entries.get(keyOf(name))
    if (!entry) throw unreadable('damaged', { missing: name })
    return entry
  }
  async function* chunks(name: string) {
    const entry = entryOf(name)
    const { uncompressedSize: size, compressedSize } = entry
    if (entry.generalPurposeBitFlag & 1) throw unreadable('encrypted')
    if (size > largestPart || (size > 64 * 1024 * 1024 && size > compressedSize * tightestRatio)) {
      throw unreadable('too-large', { size, limit: largestPart })
    }
    try {
      yield* checked(await openPart(zip, entry), size, entry.crc32)
    } catch (error) {
      throw asDamage(error)
    }
  }
  return {
    names: [...entries.keys()],
    has: (name) => entries.has(keyOf(name)),
    sizeOf: (name) => entryOf(name).uncompressedSize,
    chunks,
    async scan(name, open) {
      if (entryOf(name).uncompressedSize > largestSmallPart) throw unreadable('too-large', { part: name })
      const parts: Buffer[] = []
      for await (const chunk of chunks(name)) parts.push(chunk)
      scanXml(Buffer.concat(parts).toString('utf8'), open)
    },
  }
}

async function openPart(zip: ZipFile, entry: Entry) {
  const raw = await zip.openReadStreamPromise(entry, { decodeFileData: false })
  if (entry.compressionMethod === 0) return raw
  if (entry.compressionMethod !== 8) throw unreadable('damaged', { method: entry.compressionMethod })
  const inflate = createInflateRaw({ chunkSize: 64 * 1024 })
  // The callback keeps a failure from being thrown twice: the reader of `inflate` sees it.
  pipeline(raw, inflate, () => undefined)
  return inflate
}

async function* checked(source: AsyncIterable<Buffer>, size: number, crc: number) {
  let seen = 0
  let sum = 0
  for await (const chunk of source) {
    seen += chunk.length
    if (seen > size) throw unreadable('damaged', { expected: size })
    sum = crc32(chunk, sum)
    yield chunk
  }
  if (seen !== size || sum !== crc) throw unreadable('damaged', { expected: size, found: seen })
}

function scanXml(text: string, open: (element: string, attributes: Record<string, string>) => void) {
  const parser = new SaxesParser()
  const local = (name: string) => name.slice(name.indexOf(':') + 1)
  parser.on('error', (error) => {
    throw unreadable('damaged', {}, error)
  })
  parser.on('opentag', ({ name, attributes }) => {
    const pairs = Object.entries(attributes).map(([key, value]) => [local(key), String(value)] as const)
    open(local(name), Object.fromEntries(pairs))
  })
  parser.write(text.replace(/^\ufeff/, '')).close()
}
