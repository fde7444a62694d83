import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto'
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeText } from './xml-blocks.ts'

/**
 * Millions of texts by number in bounded memory: packed in groups of 64, the first `memoryBytes` of them in memory, the rest in
 * a temporary file that has no name and is encrypted under a key that nobody else holds. Groups last used stay at hand.
 */
export interface TextArena {
  push(text: string): void
  /** Bytes of UTF-8 as they stand in XML; they become a text when somebody asks for it. */
  pushBytes(bytes: Buffer, from: number, to: number, how: { isAscii: boolean; isCoded: boolean }): void
  at(index: number): string | undefined
  close(): void
}

const perGroup = 64
const slabSize = 1024 * 1024
/** Header of a text: 14 bits of length in bytes (all set: a 32-bit length follows), two for how they are to be read. */
const long = 0x3fff
const kinds = { latin1: 0, utf16: 0x8000, utf8: 0x4000, codedUtf8: 0xc000 } as const

function isLatin1(text: string) {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0xff) return false
  return true
}

interface Filling {
  buffer: Buffer
  length: number
}

/** Writes the header; there is room for it and the bytes behind it. */
function begin(into: Filling, bytes: number, kind: number) {
  if (into.length + bytes + 6 > into.buffer.length) {
    into.buffer = Buffer.concat([
      into.buffer.subarray(0, into.length),
      Buffer.allocUnsafe(into.buffer.length + bytes + 6),
    ])
  }
  const head = Math.min(bytes, long) | kind
  into.buffer[into.length] = head & 0xff
  into.buffer[into.length + 1] = head >> 8
  into.length += 2
  if (bytes >= long) into.length = into.buffer.writeUInt32LE(bytes, into.length)
}

function encode(into: Filling, text: string) {
  const isWide = !isLatin1(text)
  begin(into, isWide ? text.length * 2 : text.length, isWide ? kinds.utf16 : kinds.latin1)
  into.length += into.buffer.write(text, into.length, isWide ? 'utf16le' : 'latin1')
}

/** Short ones by hand: a call into the runtime costs as much as forty bytes. */
function copyBytes(into: Filling, bytes: Buffer, from: number, to: number) {
  const { buffer, length } = into
  if (to - from > 64) bytes.copy(buffer, length, from, to)
  else for (let i = from, at = length; i < to; i++, at++) buffer[at] = bytes[i] ?? 0
  into.length = length + to - from
}

/** Walks the texts of one group; texts are mostly requested in their order, so it goes on where it stopped. */
function openCursor() {
  let group = -1
  let buffer: Buffer = Buffer.alloc(0)
  let start = 0
  let at = 0
  let next = 0
  return {
    isAt: (wanted: number) => wanted === group,
    enter(wanted: number, bytes: Buffer, offset: number) {
      group = wanted
      buffer = bytes
      start = at = offset
      next = 0
    },
    /** Text number `skip` of the group. */
    text(skip: number): string {
      if (skip < next) {
        at = start
        next = 0
      }
      for (;;) {
        const head = (buffer[at] ?? 0) | ((buffer[at + 1] ?? 0) << 8)
        let from = at + 2
        let bytes = head & long
        if (bytes === long) {
          bytes = buffer.readUInt32LE(from)
          from += 4
        }
        at = from + bytes
        if (next++ === skip) return textAt(buffer, from, at, head & 0xc000)
      }
    },
  }
}

function textAt(buffer: Buffer, from: number, to: number, kind: number): string {
  if (kind === kinds.latin1) return buffer.toString('latin1', from, to)
  if (kind === kinds.utf16) return buffer.toString('utf16le', from, to)
  const text = buffer.toString('utf8', from, to)
  return kind === kinds.utf8 ? text : decodeText(text)
}

export function openTextArena(memoryBytes = 56 * 1024 * 1024): TextArena {
  let count = 0
  const open = { buffer: Buffer.allocUnsafe(64 * 1024), length: 0 }
  const slabs: Buffer[] = []
  let slabUsed = slabSize
  let memoryUsed = 0
  /** By group: slab number and offset in memory, or the length in the spill file, whose offsets are the running sum. */
  const slabOf: number[] = []
  const offsetOf: number[] = []
  const lengthOf: number[] = []
  let spill: Spill | undefined
  const cursor = openCursor()
  /** Most tables repeat a few texts; a text found lately is not unpacked again. */
  const recent: string[] = new Array(8192).fill('')
  const recentIndex = new Int32Array(8192).fill(-1)

  function closeGroup() {
    const { length } = open
    if (memoryUsed + length <= memoryBytes) {
      if (slabUsed + length > (slabs.at(-1)?.length ?? 0)) {
        slabs.push(Buffer.allocUnsafeSlow(Math.max(slabSize, length)))
        slabUsed = 0
      }
      slabOf.push(slabs.length - 1)
      offsetOf.push(slabUsed)
      open.buffer.copy(slabs[slabs.length - 1] ?? open.buffer, slabUsed, 0, length)
      slabUsed += length
      memoryUsed += length
    } else {
      memoryUsed = memoryBytes
      spill ??= openSpill()
      slabOf.push(-1)
      offsetOf.push(spill.append(open.buffer.subarray(0, length)))
    }
    lengthOf.push(length)
    open.length = 0
  }
  function find(index: number) {
    const group = Math.floor(index / perGroup)
    const offset = offsetOf[group]
    // The group still being filled may be moved by the next push.
    if (offset === undefined) cursor.enter(-1, open.buffer, 0)
    else if (!cursor.isAt(group)) {
      const inMemory = slabs[slabOf[group] ?? -1]
      if (inMemory) cursor.enter(group, inMemory, offset)
      else if (spill) cursor.enter(group, spill.read(offset, lengthOf[group] ?? 0), 0)
    }
    return cursor.text(index % perGroup)
  }
  return {
    push(text) {
      encode(open, text)
      if (++count % perGroup === 0) closeGroup()
    },
    pushBytes(bytes, from, to, { isAscii, isCoded }) {
      begin(open, to - from, isCoded ? kinds.codedUtf8 : isAscii ? kinds.latin1 : kinds.utf8)
      copyBytes(open, bytes, from, to)
      if (++count % perGroup === 0) closeGroup()
    },
    at(index) {
      if (!(index >= 0 && index < count)) return undefined
      const slot = index & 8191
      if (recentIndex[slot] === index) return recent[slot]
      const text = find(index)
      recent[slot] = text
      recentIndex[slot] = index
      return text
    },
    close() {
      spill?.close()
      spill = undefined
    },
  }
}

interface Spill {
  /** Answers the offset. */
  append(bytes: Buffer): number
  read(offset: number, length: number): Buffer
  close(): void
}

const cachedGroups = 4096
const writeSize = 1024 * 1024
const aheadSize = 64 * 1024

/**
 * AES here and not SM4: the bytes outlive neither the read nor the key, nobody can open the file by name, and AES runs in
 * hardware, 1,300 MB/s where SM4 does 100.
 */
const algorithm = 'aes-128-ctr'

function openSpill(): Spill {
  const path = join(tmpdir(), `shouwang-${randomUUID()}`)
  const file = openSync(path, 'wx+', 0o600)
  unlinkSync(path)
  const key = randomBytes(16)
  const counter = (offset: number) => {
    const block = Buffer.alloc(16)
    block.writeBigUInt64BE(BigInt(offset / 16), 8)
    return block
  }
  const cipher = createCipheriv(algorithm, key, counter(0))
  const cache = new Map<number, Buffer>()
  let pending: Buffer[] = []
  let pendingBytes = 0
  let written = 0
  let ahead = { start: 0, bytes: Buffer.alloc(0) as Buffer }
  let nextOffset = -1
  function flush() {
    const bytes = cipher.update(Buffer.concat(pending))
    for (let done = 0; done < bytes.length; )
      done += writeSync(file, bytes, done, bytes.length - done, written + done)
    written += bytes.length
    pending = []
    pendingBytes = 0
  }
  function load(offset: number, length: number) {
    const start = offset - (offset % 16)
    const sealed = Buffer.allocUnsafe(Math.min(offset + length, written) - start)
    for (let done = 0; done < sealed.length; ) {
      const read = readSync(file, sealed, done, sealed.length - done, start + done)
      if (read === 0) throw new Error('the temporary file is shorter than what was written')
      done += read
    }
    return createDecipheriv(algorithm, key, counter(start))
      .update(sealed)
      .subarray(offset - start)
  }
  /** Groups requested one after the other are read many at a time; a group requested out of turn is kept for another time. */
  function find(offset: number, length: number) {
    const within = offset - ahead.start
    if (within >= 0 && within + length <= ahead.bytes.length)
      return ahead.bytes.subarray(within, within + length)
    const cached = cache.get(offset)
    if (cached) cache.delete(offset)
    if (!cached && offset + length > written) flush()
    if (!cached && offset === nextOffset) {
      ahead = { start: offset, bytes: load(offset, Math.max(aheadSize, length)) }
      return ahead.bytes.subarray(0, length)
    }
    const bytes = cached ?? load(offset, length)
    if (cache.size >= cachedGroups) cache.delete(cache.keys().next().value ?? 0)
    cache.set(offset, bytes)
    return bytes
  }
  return {
    append(bytes) {
      const offset = written + pendingBytes
      pending.push(Buffer.from(bytes))
      pendingBytes += bytes.length
      if (pendingBytes >= writeSize) flush()
      return offset
    },
    read(offset, length) {
      const bytes = find(offset, length)
      nextOffset = offset + length
      return bytes
    },
    close: () => closeSync(file),
  }
}
