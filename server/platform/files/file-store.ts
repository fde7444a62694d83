import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomUUID,
  timingSafeEqual,
} from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { constants, zstdCompress, zstdDecompressSync } from 'node:zlib'
import { AppError } from '../errors.ts'
import {
  type FileKeys,
  keyPath,
  newFileKey,
  readFileKey,
  sealedPath,
  writeFileKey,
  writeWhole,
} from './file-keys.ts'

export type { FileKeys } from './file-keys.ts'

/**
 * Received files at rest. Chunks of 256 KiB of plaintext, each compressed (SM4 runs at 100 MB/s, zstd at 450: fewer bytes to
 * encrypt, see decision 0010), then SM4-CTR, then HMAC-SM3. Layout: sealed chunks | sealed index | index length (4 bytes).
 * Sealed: ciphertext | flags (1) | tag (32). Every file has a key of its own and the tag covers chunk number and flags,
 * so a chunk moved, dropped, cut off or taken from another file does not open.
 */
export interface StoredFile {
  readonly ref: string
  /** Bytes of plaintext. */
  readonly size: number
  /** The bytes from `start` up to `end` (exclusive), in buffers of at most 256 KiB. */
  chunks(start?: number, end?: number): AsyncGenerator<Buffer>
  stream(start?: number, end?: number): Readable
  /** Fewer bytes than requested only at the end of the file. */
  read(offset: number, length: number): Promise<Buffer>
  close(): Promise<void>
}

const chunkSize = 256 * 1024
const overhead = 33
const compressed = 1
const indexChunk = 0xffffffff
const level = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }
const compress = promisify(zstdCompress)

interface Sealer {
  /** `packed` is what compression made of `plain`; the smaller of the two is kept. */
  seal(number: number, plain: Buffer, packed: Buffer): Buffer
  /** Throws `file-damaged` where the bytes are not those once sealed under this number. */
  open(number: number, sealed: Buffer): Buffer
}

function sealer(key: Buffer, ref: string): Sealer {
  const cipherKey = key.subarray(0, 16)
  const macKey = key.subarray(16)
  const counter = (number: number) => {
    const block = Buffer.alloc(16)
    block.writeUInt32BE(number, 4)
    return block
  }
  const tagOf = (number: number, body: Buffer) =>
    createHmac('sm3', macKey).update(counter(number)).update(body).digest()
  return {
    seal(number, plain, packed) {
      const smaller = packed.length < plain.length
      const cipher = createCipheriv('sm4-ctr', cipherKey, counter(number))
      const text = cipher.update(smaller ? packed : plain)
      const body = Buffer.concat([text, cipher.final(), Buffer.from([smaller ? compressed : 0])])
      return Buffer.concat([body, tagOf(number, body)])
    },
    open(number, sealed) {
      const body = sealed.subarray(0, -32)
      if (sealed.length < overhead || !timingSafeEqual(tagOf(number, body), sealed.subarray(-32))) {
        throw new AppError('file-damaged', { ref, chunk: number })
      }
      const decipher = createDecipheriv('sm4-ctr', cipherKey, counter(number))
      const text = decipher.update(body.subarray(0, -1))
      return body[body.length - 1] === compressed
        ? zstdDecompressSync(text, { maxOutputLength: 1 << 30 })
        : text
    },
  }
}

async function* inChunks(source: Readable) {
  let parts: Buffer[] = []
  let length = 0
  for await (const part of source as AsyncIterable<Buffer>) {
    parts.push(part)
    length += part.length
    if (length < chunkSize) continue
    const joined = Buffer.concat(parts)
    let start = 0
    for (; length - start >= chunkSize; start += chunkSize) yield joined.subarray(start, start + chunkSize)
    parts = start < length ? [joined.subarray(start)] : []
    length -= start
  }
  if (length > 0) yield Buffer.concat(parts)
}

/**
 * Keeps `source` under a new reference; `sm3` is the digest of the plaintext. The file appears whole or not at all, however
 * the process ends. Throws `file-too-large` past `maxBytes`.
 */
export async function storeFile(
  dir: string,
  keys: FileKeys,
  source: Readable,
  maxBytes = Number.POSITIVE_INFINITY,
) {
  const ref = randomUUID()
  const partial = join(dir, 'partial', ref)
  await mkdir(join(dir, 'partial'), { recursive: true, mode: 0o700 })
  const key = newFileKey()
  const { seal } = sealer(key, ref)
  const digest = createHash('sm3')
  const lengths: number[] = []
  let size = 0
  const handle = await open(partial, 'wx', 0o600)
  try {
    for await (const chunk of inChunks(source)) {
      size += chunk.length
      if (size > maxBytes) throw new AppError('file-too-large', { maxBytes })
      // Compressed beside the thread that hashes.
      const packing = compress(chunk, level)
      digest.update(chunk)
      const sealed = seal(lengths.length, chunk, await packing)
      lengths.push(sealed.length)
      await writeWhole(handle, sealed)
    }
    const index = Buffer.alloc(8 + lengths.length * 4)
    index.writeDoubleBE(size)
    for (const [i, length] of lengths.entries()) index.writeUInt32BE(length, 8 + i * 4)
    const sealed = seal(indexChunk, index, await compress(index, level))
    const trailer = Buffer.alloc(4)
    trailer.writeUInt32BE(sealed.length)
    await writeWhole(handle, Buffer.concat([sealed, trailer]))
    await handle.sync()
    await handle.close()
    await writeFileKey(dir, keys, ref, key)
    await rename(partial, sealedPath(dir, ref))
    await syncDirectory(dir)
  } catch (error) {
    await handle.close().catch(() => undefined)
    await rm(partial, { force: true })
    await rm(keyPath(dir, ref), { force: true })
    throw error
  }
  return { ref, size, sm3: digest.digest('hex') }
}

/** The rename itself survives a power cut only once its directory is on disk. */
async function syncDirectory(dir: string) {
  const handle = await open(dir, 'r')
  await handle.sync().finally(() => handle.close())
}

export async function removeStoredFile(dir: string, ref: string) {
  await rm(sealedPath(dir, checkedRef(ref)), { force: true })
  await rm(keyPath(dir, ref), { force: true })
}

/** A file on its way is written to all the while, or given up (`uploadIdleMs`). */
export const abandonedMs = 3_600_000

/** Removes what killed processes left unfinished; what another server is receiving meanwhile is younger and stays. */
export async function clearUnfinishedFiles(dir: string, olderThanMs = abandonedMs) {
  const partial = join(dir, 'partial')
  for (const name of await readdir(partial).catch(() => [])) {
    const file = join(partial, name)
    const found = await stat(file).catch(() => undefined)
    if (found && found.mtimeMs <= Date.now() - olderThanMs) await rm(file, { force: true })
  }
}

function checkedRef(ref: string) {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(ref)) throw new AppError('not-found', { ref })
  return ref
}

/**
 * Throws `not-found` for an unknown reference, `key-wrong` where no key of the ring opens the file's own, `file-damaged` where its bytes
 * or those of its key are not those once written.
 */
export async function openStoredFile(dir: string, keys: FileKeys, ref: string): Promise<StoredFile> {
  const handle = await open(sealedPath(dir, checkedRef(ref)), 'r').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new AppError('not-found', { ref }, error) : error
  })
  try {
    const box = sealer(await readFileKey(dir, keys, ref), ref)
    const { size, offsets } = await readIndex(handle, box, ref)
    return storedFile(handle, box, ref, size, offsets)
  } catch (error) {
    await handle.close()
    throw error
  }
}

async function readIndex(handle: FileHandle, box: Sealer, ref: string) {
  const total = (await handle.stat()).size
  const trailer = await readAt(handle, total - 4, 4)
  const length = trailer.length === 4 ? trailer.readUInt32BE() : 0
  if (length < overhead || length > total - 4) throw new AppError('file-damaged', { ref, chunk: 'index' })
  const index = box.open(indexChunk, await readAt(handle, total - 4 - length, length))
  const offsets = [0]
  for (let at = 8, offset = 0; at < index.length; at += 4) {
    offset += index.readUInt32BE(at)
    offsets.push(offset)
  }
  return { size: index.readDoubleBE(), offsets }
}

async function readAt(handle: FileHandle, position: number, length: number) {
  const buffer = Buffer.allocUnsafe(Math.max(length, 0))
  let done = 0
  while (done < length && position >= 0) {
    const { bytesRead } = await handle.read(buffer, done, length - done, position + done)
    if (bytesRead === 0) break
    done += bytesRead
  }
  return buffer.subarray(0, done)
}

function storedFile(
  handle: FileHandle,
  box: Sealer,
  ref: string,
  size: number,
  offsets: number[],
): StoredFile {
  /** Neighbouring small reads (a zip directory) open a chunk once. */
  let last: { number: number; plain: Promise<Buffer> } | undefined
  function chunk(number: number) {
    if (last?.number !== number) {
      const from = offsets[number] ?? 0
      const plain = readAt(handle, from, (offsets[number + 1] ?? from) - from).then((sealed) =>
        box.open(number, sealed),
      )
      last = { number, plain }
    }
    return last.plain
  }
  async function* chunks(start = 0, end = size) {
    const stop = Math.min(end, size)
    for (let at = Math.max(start, 0); at < stop; ) {
      const number = Math.floor(at / chunkSize)
      const plain = await chunk(number)
      const base = number * chunkSize
      yield plain.subarray(at - base, Math.min(stop - base, plain.length))
      at = base + plain.length
    }
  }
  return {
    ref,
    size,
    chunks,
    stream: (start, end) =>
      Readable.from(chunks(start, end), { objectMode: false, highWaterMark: chunkSize }),
    async read(offset, length) {
      const parts: Buffer[] = []
      for await (const part of chunks(offset, offset + length)) parts.push(part)
      const [only] = parts
      return parts.length === 1 && only ? only : Buffer.concat(parts)
    },
    close: () => handle.close(),
  }
}
