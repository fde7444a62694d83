import { createCipheriv, randomFillSync, timingSafeEqual } from 'node:crypto'
import { blindIndexer, hmacSm3 } from './hmac-sm3.ts'

/**
 * Secrets at rest: SM4-CTR with HMAC-SM3, encrypt-then-MAC (Node has no SM4-GCM), and blind indexes for equality search.
 * Cipher layout: key id (1 byte) | nonce (16) | ciphertext | tag (16, truncated HMAC-SM3).
 */
export interface Vault {
  encrypt(text: string): Buffer
  /** Throws where the tag does not fit: wrong key or changed bytes. */
  decrypt(cipher: Buffer): string
  /** HMAC-SM3 truncated to 128 bits, written as a uuid so that PostgreSQL keeps it in 16 fixed bytes. */
  blindIndex(text: string): string
  fileKeys(): { cipherKey: Buffer; macKey: Buffer }
}

const keyId = 1
const nonceLength = 16
const tagLength = 16
const blockLength = 16

export function openVault(masterKey: Buffer): Vault {
  if (masterKey.length !== 32) throw new RangeError('the master key is 32 bytes')
  const derive = (label: string) => hmacSm3(masterKey)(label)
  const cipherKey = derive('field-cipher').subarray(0, 16)
  const mac = hmacSm3(derive('field-mac'))
  const keystream = counterStream(cipherKey)
  const random = randomSource()
  return {
    encrypt(text) {
      const start = 1 + nonceLength
      const end = start + Buffer.byteLength(text)
      const sealed = Buffer.allocUnsafe(end + tagLength)
      sealed[0] = keyId
      random(sealed.subarray(1, start))
      sealed.write(text, start)
      mask(sealed.subarray(start, end), keystream(sealed.subarray(1, start), end - start))
      mac(sealed.subarray(0, end)).copy(sealed, end, 0, tagLength)
      return sealed
    },
    decrypt(sealed) {
      const start = 1 + nonceLength
      const end = sealed.length - tagLength
      if (
        end < start ||
        !timingSafeEqual(mac(sealed.subarray(0, end)).subarray(0, tagLength), sealed.subarray(end))
      ) {
        throw new Error('ciphertext does not fit the key')
      }
      const text = Buffer.from(sealed.subarray(start, end))
      mask(text, keystream(sealed.subarray(1, start), text.length))
      return text.toString('utf8')
    },
    blindIndex: blindIndexer(derive('blind-index')),
    fileKeys: () => ({ cipherKey: derive('file-cipher').subarray(0, 16), macKey: derive('file-mac') }),
  }
}

/**
 * The key stream of SM4-CTR. One cipher object serves every call: setting one up takes OpenSSL 12 µs, a block 1 µs; so a
 * field is sealed in a quarter of the time. Counters are encrypted block by block, which is what CTR is.
 */
function counterStream(key: Buffer): (nonce: Buffer, length: number) => Buffer {
  const blocks = createCipheriv('sm4-ecb', key, null).setAutoPadding(false)
  return (nonce, length) => {
    const counters = Buffer.allocUnsafe(Math.ceil(length / blockLength) * blockLength)
    for (let at = 0; at < counters.length; at += blockLength) {
      if (at === 0) nonce.copy(counters)
      else addOne(counters, at)
    }
    return blocks.update(counters)
  }
}

/** The counter after the one before `at`, as one number of 128 bits. */
function addOne(counters: Buffer, at: number) {
  counters.copy(counters, at, at - blockLength, at)
  for (let i = at + blockLength - 1; i >= at; i--) {
    const next = ((counters[i] ?? 0) + 1) & 0xff
    counters[i] = next
    if (next !== 0) return
  }
}

function mask(bytes: Buffer, stream: Buffer) {
  for (let i = 0; i < bytes.length; i++) bytes[i] = (bytes[i] ?? 0) ^ (stream[i] ?? 0)
}

/** Random bytes fetched a page at a time; each is handed out once. */
function randomSource(): (into: Buffer) => void {
  const page = Buffer.allocUnsafe(4096)
  let used = page.length
  return (into) => {
    if (used + into.length > page.length) {
      randomFillSync(page)
      used = 0
    }
    page.copy(into, 0, used, used + into.length)
    page.fill(0, used, used + into.length)
    used += into.length
  }
}
