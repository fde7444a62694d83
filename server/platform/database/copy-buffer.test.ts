import fc from 'fast-check'
import { expect, it } from 'vitest'
import { copyField } from './copy.ts'
import { copyBuffer } from './copy-buffer.ts'

const field = fc.oneof(
  fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')),
  fc.constantFrom('张伟', '\\N', 'a\tb\nc\rd\\', '𠮷野', '\u00b7'),
  fc.maxSafeInteger(),
  fc.nat(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
)

it('writes the bytes that copyField would, whatever the buffer it begins with', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(field, { minLength: 1 })),
      fc.integer({ min: 16, max: 200 }),
      (rows, size) => {
        const buffer = copyBuffer(Buffer.alloc(size))
        for (const row of rows) {
          for (const [i, value] of row.entries()) {
            if (i > 0) buffer.tab()
            if (value === null) buffer.nothing()
            else if (typeof value === 'number') buffer.number(value)
            else if (typeof value === 'boolean') buffer.flag(value)
            else buffer.text(value)
          }
          buffer.endLine()
        }
        const expected = rows.map((row) => `${row.map(copyField).join('\t')}\n`).join('')
        expect(buffer.swap(Buffer.alloc(size)).equals(Buffer.from(expected))).toBe(true)
        expect(buffer.length).toBe(0)
      },
    ),
    { numRuns: 500 },
  )
})

it('drops NUL, which PostgreSQL does not keep', () => {
  const buffer = copyBuffer(Buffer.alloc(16))
  buffer.text('a\0b')
  expect(buffer.swap(Buffer.alloc(16)).toString()).toBe('ab')
})
