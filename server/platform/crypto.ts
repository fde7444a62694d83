import { createCipheriv, createDecipheriv, randomBytes, timingSafeEqual } from 'node:crypto'
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

export function openVault(masterKey: Buffer): Vault {
  if (masterKey.length !== 32) throw new RangeError('the master key is 32 bytes')
  const derive = (label: string) => hmacSm3(masterKey)(label)
  const cipherKey = derive('field-cipher').subarray(0, 16)
  const mac = hmacSm3(derive('field-mac'))
  return {
    encrypt(text) {
      const nonce = randomBytes(nonceLength)
      const cipher = createCipheriv('sm4-ctr', cipherKey, nonce)
      const body = Buffer.concat([Buffer.from([keyId]), nonce, cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([body, mac(body).subarray(0, tagLength)])
    },
    decrypt(sealed) {
      const body = sealed.subarray(0, -tagLength)
      const tag = sealed.subarray(-tagLength)
      if (
        sealed.length < 1 + nonceLength + tagLength ||
        !timingSafeEqual(mac(body).subarray(0, tagLength), tag)
      ) {
        throw new Error('ciphertext does not fit the key')
      }
      const decipher = createDecipheriv('sm4-ctr', cipherKey, body.subarray(1, 1 + nonceLength))
      return decipher.update(body.subarray(1 + nonceLength), undefined, 'utf8') + decipher.final('utf8')
    },
    blindIndex: blindIndexer(derive('blind-index')),
    fileKeys: () => ({ cipherKey: derive('file-cipher').subarray(0, 16), macKey: derive('file-mac') }),
  }
}
