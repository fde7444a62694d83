import { createCipheriv, randomBytes, timingSafeEqual } from 'node:crypto'
import { hmacSm3 } from '../hmac-sm3.ts'

/**
 * Keys wrapped by the master key: nonce (16) | SM4-CTR | HMAC-SM3 (32). The tag covers what the key is for, so that wrapped keys
 * cannot be exchanged for one another.
 */
export interface KeyWrap {
  wrap(key: Buffer, purpose: string): Buffer
  /** Undefined where it was wrapped by another master key, for another purpose, or was changed. */
  unwrap(wrapped: Buffer, purpose: string): Buffer | undefined
}

const nonceLength = 16
const tagLength = 32

export function keyWrap(masterKey: Buffer): KeyWrap {
  if (masterKey.length !== 32) throw new RangeError('the master key is 32 bytes')
  const derive = hmacSm3(masterKey)
  const cipherKey = derive('key-wrap-cipher').subarray(0, 16)
  const mac = hmacSm3(derive('key-wrap-mac'))
  const crypt = (bytes: Buffer, nonce: Buffer) => {
    const cipher = createCipheriv('sm4-ctr', cipherKey, nonce)
    return Buffer.concat([cipher.update(bytes), cipher.final()])
  }
  const tagOf = (body: Buffer, purpose: string) => mac(Buffer.concat([Buffer.from(`${purpose}\0`), body]))
  return {
    wrap(key, purpose) {
      const nonce = randomBytes(nonceLength)
      const body = Buffer.concat([nonce, crypt(key, nonce)])
      return Buffer.concat([body, tagOf(body, purpose)])
    },
    unwrap(wrapped, purpose) {
      if (wrapped.length <= nonceLength + tagLength) return undefined
      const body = wrapped.subarray(0, -tagLength)
      if (!timingSafeEqual(tagOf(body, purpose), wrapped.subarray(-tagLength))) return undefined
      return crypt(body.subarray(nonceLength), body.subarray(0, nonceLength))
    },
  }
}
