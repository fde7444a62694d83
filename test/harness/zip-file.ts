import { Readable } from 'node:stream'
import { crc32, createDeflateRaw, deflateRawSync } from 'node:zlib'

/** A zip written as it comes, sizes in the central directory at its end. */
export async function* zipped(parts: [name: string, text: Iterable<string>][]) {
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, text] of parts) {
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50)
    local.writeUInt16LE(20, 4)
    local.writeUInt16LE(8, 6)
    local.writeUInt16LE(8, 8)
    local.writeUInt16LE(name.length, 26)
    yield Buffer.concat([local, Buffer.from(name)])
    const seen = { crc: 0, size: 0, packed: 0 }
    for await (const chunk of packed(pieces(text, seen))) {
      seen.packed += chunk.length
      yield chunk
    }
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50)
    central.writeUInt16LE(20, 6)
    central.writeUInt16LE(8, 8)
    central.writeUInt16LE(8, 10)
    for (const [value, at] of [
      [seen.crc, 16],
      [seen.packed, 20],
      [seen.size, 24],
      [offset, 42],
    ] as const)
      central.writeUInt32LE(value, at)
    central.writeUInt16LE(name.length, 28)
    directory.push(Buffer.concat([central, Buffer.from(name)]))
    offset += 30 + name.length + seen.packed
  }
  const bytes = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(bytes.length, 12)
  end.writeUInt32LE(offset, 16)
  yield Buffer.concat([bytes, end])
}

/** One piece is packed at once: a stream costs more than most parts have letters. */
async function* packed(pieces: Iterator<Buffer>): AsyncGenerator<Buffer> {
  const [first, second] = [pieces.next(), pieces.next()]
  if (first.done || second.done) {
    yield deflateRawSync(first.value ?? Buffer.alloc(0), { level: 1 })
    return
  }
  function* all() {
    yield first.value
    yield second.value
    for (let next = pieces.next(); !next.done; next = pieces.next()) yield next.value
  }
  yield* Readable.from(all(), { objectMode: false }).pipe(createDeflateRaw({ level: 1 }))
}

function* pieces(text: Iterable<string>, seen: { crc: number; size: number }) {
  let parts: string[] = []
  function flush() {
    const bytes = Buffer.from(parts.join(''))
    parts = []
    seen.crc = crc32(bytes, seen.crc)
    seen.size += bytes.length
    return bytes
  }
  let length = 0
  for (const part of text) {
    length += part.length
    if (parts.push(part) < 1000 && length < 1 << 20) continue
    yield flush()
    length = 0
  }
  yield flush()
}
