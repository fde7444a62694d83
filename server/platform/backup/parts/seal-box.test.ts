import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DamagedPiece, openSealBox, sealBoxKeyLength } from './seal-box.ts'

const box = openSealBox(Buffer.alloc(sealBoxKeyLength, 5))

it('gives back what it sealed, and seals the same alike', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5000 }), fc.string(), (bytes, place) => {
      const plain = Buffer.from(bytes)
      const { tag, length, sealed } = box.seal(place, plain)
      expect(sealed().length).toBe(length)
      expect(box.open(place, tag, sealed())).toEqual(plain)
      expect(box.seal(place, plain).tag).toEqual(tag)
    }),
    { numRuns: 100 },
  )
})

it('hides what is in it, and takes less room for what repeats', () => {
  const plain = Buffer.from('341221190001010019'.repeat(1000))
  const sealed = box.seal('', plain).sealed()
  expect(sealed.length).toBeLessThan(plain.length / 10)
  expect(sealed.includes('341221190001010019')).toBe(false)
})

it('opens nothing that was changed, cut, put elsewhere or sealed with another key', () => {
  const plain = randomBytes(2000)
  const { tag, sealed } = box.seal('wal/1', plain)
  const bytes = sealed()
  for (const at of [0, 1, 1000, bytes.length - 1]) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(() => box.open('wal/1', tag, changed)).toThrow(DamagedPiece)
  }
  expect(() => box.open('wal/1', tag, bytes.subarray(0, -1))).toThrow(DamagedPiece)
  expect(() => box.open('wal/1', tag, Buffer.alloc(0))).toThrow(DamagedPiece)
  expect(() => box.open('wal/2', tag, bytes)).toThrow(DamagedPiece)
  const other = openSealBox(Buffer.alloc(sealBoxKeyLength, 6))
  expect(() => other.open('wal/1', tag, bytes)).toThrow(DamagedPiece)
})
