import { pipeline } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { crc32, createInflateRaw } from 'node:zlib'
import { SaxesParser } from 'saxes'
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl'
import type { StoredFile } from '#server/platform/files/file-store.ts'
import { limits } from '../limits.ts'
import { unreadable } from '../problems.ts'
import { refuseManyAttributes } from '../sheets/few-attributes.ts'

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

  // A directory is thousands of reads of some fifty bytes: a stream for each took most of the time of opening it.
  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ) {
    this.file.read(position, length).then((bytes) => {
      bytes.copy(buffer, offset)
      callback(null)
    }, callback)
  }
}

export async function openPackage(file: StoredFile): Promise<Package> {
  try {
    const zip = await fromRandomAccessReaderPromise(new StoredFileReader(file), file.size, {
      autoClose: false,
    })
    const entries = new Map<string, Entry>()
    for await (const entry of zip.eachEntry()) {
      if (entries.size >= limits.parts) throw unreadable('too-large', { what: 'parts', limit: limits.parts })
      entries.set(keyOf(entry.fileName), entry)
    }
    assertHonest(entries, file.size)
    return packageOf(zip, entries)
  } catch (error) {
    throw asDamage(error)
  }
}

/**
 * What the package says it unpacks to; `checked` sees to it that no part unpacks to more than it says. Parts that share the same
 * bytes would unpack to many times what is there.
 */
function assertHonest(entries: Map<string, Entry>, packed: number) {
  let total = 0
  let stored = 0
  for (const { uncompressedSize, compressedSize } of entries.values()) {
    total += uncompressedSize
    stored += compressedSize
  }
  if (stored > packed) throw unreadable('damaged', { found: 'overlapping parts' })
  if (total > limits.unpacked) throw unreadable('too-large', { what: 'unpacked', limit: limits.unpacked })
  if (total > limits.ratioFrom && total > packed * limits.ratio)
    throw unreadable('too-large', { what: 'ratio', limit: limits.ratio })
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
    if (size > limits.ratioFrom && size > compressedSize * limits.ratio) {
      throw unreadable('too-large', { what: 'ratio', part: name, limit: limits.ratio })
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
      if (entryOf(name).uncompressedSize > limits.smallPart) {
        throw unreadable('too-large', { what: 'unpacked', part: name, limit: limits.smallPart })
      }
      const parts: Buffer[] = []
      for await (const chunk of chunks(name)) parts.push(chunk)
      await scanXml(Buffer.concat(parts).toString('utf8'), open)
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

/** Characters that are read at a time; between them others have their turn. */
const slice = 256 * 1024

async function scanXml(text: string, open: (element: string, attributes: Record<string, string>) => void) {
  const parser = new SaxesParser()
  refuseManyAttributes(parser)
  // Entities of one's own are how a small text becomes a large one, or reads other files. No writer of workbooks has any.
  parser.on('doctype', () => {
    throw unreadable('damaged', { found: 'DOCTYPE' })
  })
  const local = (name: string) => name.slice(name.indexOf(':') + 1)
  parser.on('error', (error) => {
    throw unreadable('damaged', {}, error)
  })
  parser.on('opentag', ({ name, attributes }) => {
    const pairs = Object.entries(attributes).map(([key, value]) => [local(key), String(value)] as const)
    open(local(name), Object.fromEntries(pairs))
  })
  const whole = text.replace(/^\ufeff/, '')
  for (let at = 0; at < whole.length; at += slice) {
    parser.write(whole.slice(at, at + slice))
    await setImmediate()
  }
  parser.close()
}
