import { hash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blindIndexer, hmacSm3 } from '../hmac-sm3.ts'
import { openVault } from './crypto.ts'

const vault = openVault(Buffer.alloc(32, 1))

describe('vault', () => {
  it('uses the SM3 of the standard', () => {
    expect(hash('sm3', 'abc')).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0')
  })

  it('agrees with HMAC-SM3 computed by the runtime, short and long', async () => {
    const { createHmac } = await import('node:crypto')
    const key = Buffer.alloc(32, 9)
    for (const text of ['', '341221190001010019', 'x'.repeat(5000)]) {
      expect(hmacSm3(key)(text).toString('hex')).toBe(createHmac('sm3', key).update(text).digest('hex'))
    }
  })

  it('makes blind indexes that are the HMAC-SM3 of the runtime, for any text and key', async () => {
    const { createHmac, randomBytes } = await import('node:crypto')
    const texts = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 50, maxLength: 70 }))
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 64 }), (text, length) => {
        const key = randomBytes(length)
        const whole = createHmac('sm3', key).update(text).digest('hex')
        expect(blindIndexer(key)(text).replaceAll('-', '')).toBe(whole.slice(0, 32))
      }),
      { numRuns: 500 },
    )
  })

  it('gives back what it encrypted, and never the same ciphertext twice', () => {
    const first = vault.encrypt('341221190001010019')
    expect(vault.decrypt(first)).toBe('341221190001010019')
    expect(vault.encrypt('341221190001010019').equals(first)).toBe(false)
  })

  it('seals in SM4-CTR as the runtime knows it, counters carried over', async () => {
    const { createCipheriv, createDecipheriv } = await import('node:crypto')
    const masterKey = Buffer.alloc(32, 1)
    const cipherKey = hmacSm3(masterKey)('field-cipher').subarray(0, 16)
    const macKey = hmacSm3(masterKey)('field-mac')
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const sealed = vault.encrypt(text)
        const decipher = createDecipheriv('sm4-ctr', cipherKey, sealed.subarray(1, 17))
        expect(Buffer.concat([decipher.update(sealed.subarray(17, -16)), decipher.final()]).toString()).toBe(
          text,
        )
        expect(vault.decrypt(sealed)).toBe(text)
      }),
    )
    const nonce = Buffer.from('00ffffffffffffffffffffffffffffff', 'hex')
    const cipher = createCipheriv('sm4-ctr', cipherKey, nonce)
    const body = Buffer.concat([Buffer.from([1]), nonce, cipher.update('字'.repeat(20)), cipher.final()])
    const sealed = Buffer.concat([body, hmacSm3(macKey)(body).subarray(0, 16)])
    expect(vault.decrypt(sealed)).toBe('字'.repeat(20))
  })

  it('refuses changed bytes and another key', () => {
    const sealed = vault.encrypt('19900000000')
    const changed = Buffer.from(sealed)
    changed[20] = (changed[20] ?? 0) ^ 1
    expect(() => vault.decrypt(changed)).toThrow(/does not fit/)
    expect(() => openVault(Buffer.alloc(32, 2)).decrypt(sealed)).toThrow(/does not fit/)
  })

  it('indexes equal texts equally, and differently under another key', () => {
    expect(vault.blindIndex('a')).toBe(vault.blindIndex('a'))
    expect(vault.blindIndex('a')).not.toBe(openVault(Buffer.alloc(32, 2)).blindIndex('a'))
    expect(vault.blindIndex('a')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  })
})
